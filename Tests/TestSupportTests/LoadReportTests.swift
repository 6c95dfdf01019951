import NginxTestSupport
import Testing

/// The failures in a load generator's output.
struct LoadReportTests {
    @Test func `every kind of failure that wrk tells counts`() throws {
        let good = """
            Running 3s test @ http://127.0.0.1:8080/
              1 threads and 16 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   532.11us  448.22us   9.31ms   90.60%
                Req/Sec    31.20k     2.13k   34.77k    73.33%
              93125 requests in 3.00s, 28.06MB read

            """
        #expect(try #require(LoadReport(wrk: good + "Requests/sec:  31036.32\n")).failures == 0)
        let bad = "  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 50000\n"
        let report = try #require(LoadReport(wrk: good + bad))
        #expect(report.requests == 93_125)
        #expect(report.failures == 54_321)
        #expect(LoadReport(wrk: "unable to connect to 127.0.0.1:1 Connection refused\n") == nil)
    }

    @Test func `what h2load did not get served counts`() throws {
        let text = """
            finished in 3.00s, 10472.33 req/s, 1.72MB/s
            requests: 31417 total, 31433 started, 31417 done, 31400 succeeded, 15 failed, 15 errored, 0 timeout
            status codes: 0 2xx, 31400 3xx, 0 4xx, 2 5xx

            """
        let report = try #require(LoadReport(h2load: text))
        #expect(report.requests == 31_417)
        #expect(report.failures == 17)
    }
}
