import NginxSyntax
import ProxyConfiguration
import Testing

@testable import NginxControl

struct UntoldEndpointsTests {
    /// Says when nginx asked last, and which names it knows.
    private struct Asked: EndpointAnswers {
        var last: ContinuousClock.Instant?
        var told: Set<EndpointGroup> = []

        func answer(_ addresses: [EndpointGroup: [IPAddress]], for lifetime: AnswerLifetime) {}
        func lastQuestion(for name: EndpointGroup) -> ContinuousClock.Instant? { last }
        func untold(
            of names: some Collection<EndpointGroup>,
            since time: ContinuousClock.Instant
        ) -> Set<EndpointGroup> { Set(names).subtracting(told) }
    }

    private let start = ContinuousClock.now
    private let web: EndpointGroup
    private let api: EndpointGroup

    init() throws {
        func group(_ service: String) throws -> EndpointGroup {
            try #require(EndpointGroup("8080.80.\(service).shop.endpoints.postern.internal:8080"))
        }
        (web, api) = (try group("web"), try group("api"))
    }

    private func overdue(_ untold: inout UntoldEndpoints, after seconds: Int, _ asked: Asked) -> Set<EndpointGroup> {
        untold.overdue(at: start + .seconds(seconds), after: .seconds(5), asked)
    }

    @Test func `a name is overdue when nobody has asked for it in time`() {
        var untold = UntoldEndpoints()
        untold.note([web], at: start)
        #expect(overdue(&untold, after: 5, Asked()).isEmpty)
        #expect(overdue(&untold, after: 6, Asked()) == [web])
        // It stays so until somebody does.
        untold.note([web], at: start + .seconds(6))
        #expect(overdue(&untold, after: 7, Asked()) == [web])
        #expect(overdue(&untold, after: 8, Asked(told: [web])).isEmpty)
        #expect(untold.isEmpty)
    }

    @Test func `one that was asked for lately will be again, and one that was not is overdue at once`() {
        var untold = UntoldEndpoints()
        untold.note([web], at: start)
        #expect(overdue(&untold, after: 6, Asked(last: start - .seconds(1))) == [web])
        #expect(overdue(&untold, after: 6, Asked(last: start + .seconds(2))).isEmpty)
        #expect(overdue(&untold, after: 0, Asked(last: start - .seconds(60))) == [web])
    }

    @Test func `names that nginx has not are forgotten`() {
        var untold = UntoldEndpoints()
        untold.note([web, api], at: start)
        untold.keep([api])
        #expect(overdue(&untold, after: 6, Asked()) == [api])
    }
}
