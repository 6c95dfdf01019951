import Foundation
import NameServer

/// What nginx asks about endpoints, and what it is answered.
enum QuestionMetrics {
    static func families(
        _ counts: NameServerCounts,
        now: ContinuousClock.Instant = .now,
        wall: Date = Date()
    ) -> [MetricFamily] {
        var questions = MetricFamily("postern_endpoint_questions_total", .counter, "Questions by DNS, by transport.")
        questions.add(Double(counts.datagrams), ["transport": "udp"])
        questions.add(Double(counts.streamed), ["transport": "tcp"])
        var answers = MetricFamily("postern_endpoint_answers_total", .counter, "Answers by DNS, by what they state.")
        for code in ResponseCode.allCases { answers.add(Double(counts.answers[code] ?? 0), ["code": code.mnemonic]) }
        var unanswered = MetricFamily(
            "postern_endpoint_unanswered_total",
            .counter,
            "What was not answered: no question that may be asked, or lost in a crowd."
        )
        unanswered.add(Double(counts.ignored), ["reason": "ignored"])
        unanswered.add(Double(counts.lost), ["reason": "lost"])
        return [questions, answers, unanswered] + others(counts) + asked(counts, now: now, wall: wall)
    }

    private static func others(_ counts: NameServerCounts) -> [MetricFamily] {
        [
            MetricFamily(
                "postern_endpoint_answers_truncated_total",
                .counter,
                "Answers too long for a datagram, which are asked for by TCP.",
                value: Double(counts.truncated)
            ),
            MetricFamily(
                "postern_endpoint_answers_delayed_total",
                .counter,
                "Answers that waited for their turn in a crowd of questions.",
                value: Double(counts.delayed)
            ),
            MetricFamily(
                "postern_endpoint_names",
                .gauge,
                "Names that nginx can ask for, one for each port of a Service.",
                value: Double(counts.names)
            ),
            MetricFamily(
                "postern_endpoint_updates_total",
                .counter,
                "How often answers were replaced by others.",
                value: Double(counts.updates)
            ),
        ]
    }

    /// Nothing before the first question.
    private static func asked(
        _ counts: NameServerCounts,
        now: ContinuousClock.Instant,
        wall: Date
    ) -> [MetricFamily] {
        guard let last = counts.lastQuestion else { return [] }
        return [
            MetricFamily(
                "postern_endpoint_last_question_timestamp_seconds",
                .gauge,
                "When endpoints were last asked for, in seconds since 1970.",
                value: wall.timeIntervalSince1970 - (now - last) / .seconds(1)
            )
        ]
    }
}

extension ResponseCode {
    /// As [IANA](https://www.iana.org/assignments/dns-parameters) and `dig` write it.
    fileprivate var mnemonic: String {
        switch self {
        case .noError: "NOERROR"
        case .formatError: "FORMERR"
        case .serverFailure: "SERVFAIL"
        case .nameError: "NXDOMAIN"
        case .notImplemented: "NOTIMP"
        case .refused: "REFUSED"
        case .badVersion: "BADVERS"
        }
    }
}
