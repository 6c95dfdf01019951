import Controller
import Diagnostics
import Foundation
import IngressTranslation
import NameServer
import Testing

@testable import Monitoring

@Suite struct MetricsTests {
    @Test func `metrics are written in the text format of Prometheus`() {
        var family = MetricFamily("postern_things_total", .counter, "Things, with a \\ and\na line.")
        family.add(3, ["kind": "plain"])
        family.add(0.5, ["kind": "\"quoted\\\"\n"])
        #expect(
            MetricsText.text([family, MetricFamily("postern_empty", .gauge, "Nothing.")]) == #"""
                # HELP postern_things_total Things, with a \\ and\na line.
                # TYPE postern_things_total counter
                postern_things_total{kind="plain"} 3
                postern_things_total{kind="\"quoted\\\"\n"} 0.5

                """#
        )
    }

    @Test func `a histogram counts what is below each bound, in seconds`() {
        var histogram = Histogram()
        for time in [Duration.milliseconds(1), .milliseconds(7), .seconds(90)] { histogram.observe(time) }
        var family = MetricFamily("step_seconds", .histogram, "Steps.")
        family.add(histogram, ["step": "prove"])
        let lines = MetricsText.text([family]).split(separator: "\n")
        #expect(lines.contains(#"step_seconds_bucket{step="prove",le="0.001"} 1"#))
        #expect(lines.contains(#"step_seconds_bucket{step="prove",le="0.005"} 1"#))
        #expect(lines.contains(#"step_seconds_bucket{step="prove",le="0.01"} 2"#))
        #expect(lines.contains(#"step_seconds_bucket{step="prove",le="60.0"} 2"#))
        #expect(lines.contains(#"step_seconds_bucket{step="prove",le="+Inf"} 3"#))
        #expect(lines.contains(#"step_seconds_sum{step="prove"} 90.008"#))
        #expect(lines.contains(#"step_seconds_count{step="prove"} 3"#))
    }

    @Test func `a reconcile shows in counters, times, the generation and the findings`() throws {
        let metrics = ControllerMetrics(version: "1.2.3")
        var report = ReconcileReport(translation: try Sample.translation(expiring: 1_900_000_000))
        report.outcome = .success(.settled)
        report.generation = "abc"
        report.steps = [StepTime(.prove, .milliseconds(40))]
        report.diagnostics = [
            Diagnostic(.warning, code: "service-not-found", "first"),
            Diagnostic(.warning, code: "service-not-found", "second"),
        ]
        metrics.note(report, now: 1_800_000_000)
        report.outcome = .failure(.proxyDied)
        report.generation = nil
        metrics.note(report, now: 1_800_000_010)
        let lines = Set(MetricsText.text(metrics.families).split(separator: "\n"))
        for line in [
            #"postern_build_info{version="1.2.3"} 1"#,
            #"postern_reconciles_total{result="settled"} 1"#,
            #"postern_reconciles_total{result="failed"} 1"#,
            #"postern_reconciles_total{result="unchanged"} 0"#,
            #"postern_swaps_total{result="settled"} 1"#,
            #"postern_swaps_total{result="replaced"} 0"#,
            #"postern_swap_step_duration_seconds_count{step="prove"} 2"#,
            #"postern_generation_info{id="abc"} 1"#,
            "postern_generation_timestamp_seconds 1800000000",
            #"postern_diagnostics{severity="warning",code="service-not-found"} 2"#,
            #"postern_set_aside_objects{kind="Ingress",serves="nothing"} 0"#,
            #"postern_certificate_expiry_timestamp_seconds{namespace="shop",secret="web-tls"} 1900000000"#,
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func `what a cluster brings shows only where there is one`() {
        let metrics = ControllerMetrics(version: "1")
        #expect(!MetricsText.text(metrics.families).contains("postern_leader"))
        metrics.noteRequest(verb: "list", resource: "ingresses", code: "200")
        metrics.noteRequest(verb: "list", resource: "ingresses", code: "200")
        metrics.noteWatchRestart(of: "secrets", because: "gone")
        metrics.noteLeadership(true)
        let text = MetricsText.text(metrics.families)
        #expect(text.contains(#"postern_api_requests_total{verb="list",resource="ingresses",code="200"} 2"#))
        #expect(text.contains(#"postern_watch_restarts_total{resource="secrets",reason="gone"} 1"#))
        #expect(text.contains("postern_leader 1\n"))
    }

    @Test func `what nginx asks about endpoints is counted, and when it did so last`() {
        var counts = NameServerCounts()
        #expect(!MetricsText.text(QuestionMetrics.families(counts)).contains("last_question"))
        counts.datagrams = 7
        counts.streamed = 2
        counts.answers = [.noError: 5, .serverFailure: 1]
        counts.truncated = 2
        counts.delayed = 3
        counts.lost = 4
        counts.names = 6
        counts.updates = 9
        let now = ContinuousClock.now
        counts.lastQuestion = now - .seconds(20)
        let families = QuestionMetrics.families(counts, now: now, wall: Date(timeIntervalSince1970: 1_800_000_020))
        let lines = Set(MetricsText.text(families).split(separator: "\n"))
        for line in [
            #"postern_endpoint_questions_total{transport="udp"} 7"#,
            #"postern_endpoint_questions_total{transport="tcp"} 2"#,
            #"postern_endpoint_answers_total{code="NOERROR"} 5"#,
            #"postern_endpoint_answers_total{code="SERVFAIL"} 1"#,
            #"postern_endpoint_answers_total{code="NXDOMAIN"} 0"#,
            #"postern_endpoint_unanswered_total{reason="lost"} 4"#,
            "postern_endpoint_answers_truncated_total 2",
            "postern_endpoint_answers_delayed_total 3",
            "postern_endpoint_names 6",
            "postern_endpoint_updates_total 9",
            "postern_endpoint_last_question_timestamp_seconds 1800000000",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func `what nginx tells of its connections is read, and nothing else is`() {
        let text = """
            Active connections: 2 
            server accepts handled requests
             17 16 42 
            Reading: 0 Writing: 1 Waiting: 1 

            """
        let reported = MetricsText.text(NginxConnections.families(NginxConnections(text)))
        #expect(reported.contains("postern_nginx_up 1\n"))
        #expect(reported.contains("postern_nginx_connections_accepted_total 17\n"))
        #expect(reported.contains("postern_nginx_connections_handled_total 16\n"))
        #expect(reported.contains("postern_nginx_http_requests_total 42\n"))
        #expect(reported.contains(#"postern_nginx_connections{state="waiting"} 1"#))
        #expect(NginxConnections("<html>404 of 7 1 2 3 4 5 6</html>") == nil)
        #expect(MetricsText.text(NginxConnections.families(nil)).contains("postern_nginx_up 0\n"))
    }
}
