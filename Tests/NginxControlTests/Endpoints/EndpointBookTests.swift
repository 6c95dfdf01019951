import Foundation
import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import NginxControl

struct EndpointBookTests {
    private let web: EndpointGroup
    private let api: EndpointGroup
    private let addresses: [IPAddress]

    init() throws {
        func group(_ service: String) throws -> EndpointGroup {
            try #require(EndpointGroup("8080.80.\(service).shop.endpoints.postern.internal:8080"))
        }
        (web, api) = (try group("web"), try group("api"))
        addresses = try ["10.0.0.1", "10.0.0.2", "fd00::1"].map { try #require(IPAddress($0)) }
    }

    private func table(_ content: [EndpointGroup: [IPAddress]]) -> EndpointTable {
        var table = EndpointTable()
        for (group, addresses) in content { table.set(group, to: addresses) }
        return table
    }

    @Test func `the names with other addresses are those that have changed, and no new ones`() {
        let now = ContinuousClock.now
        var book = EndpointBook(at: now)
        let first = book.take(table([web: [addresses[0]]]), at: now) { _ in nil }
        #expect(first == EndpointBook.Change(names: [], isAny: true))
        let second = book.take(table([web: [addresses[1]], api: [addresses[0]]]), at: now) { _ in nil }
        #expect(second == EndpointBook.Change(names: [web], isAny: true))
        let third = book.take(table([web: [addresses[1]], api: [addresses[0]]]), at: now) { _ in nil }
        #expect(third == EndpointBook.Change())
    }

    @Test func `a name that is gone keeps its addresses until nobody has asked for it for a minute`() {
        let start = ContinuousClock.now
        var book = EndpointBook(at: start)
        _ = book.take(table([web: [addresses[0]], api: [addresses[1]]]), at: start) { _ in start }
        var asked = start
        func take(after seconds: Int) -> EndpointBook.Change {
            book.take(table([api: [addresses[1]]]), at: start + .seconds(seconds)) { _ in asked }
        }
        #expect(take(after: 10) == EndpointBook.Change())
        #expect(book.addresses[web] == [addresses[0]])
        asked = start + .seconds(60)
        #expect(take(after: 110) == EndpointBook.Change())
        #expect(take(after: 121) == EndpointBook.Change(names: [], isAny: true))
        #expect(book.addresses == [api: [addresses[1]]])
    }

    @Test func `what an earlier process has answered with stays for a minute, and is replaced by what is known`() {
        let start = ContinuousClock.now
        var book = EndpointBook([web: [addresses[0]], api: [addresses[1]]], at: start)
        let change = book.take(table([web: [addresses[2]]]), at: start + .seconds(1)) { _ in nil }
        #expect(change == EndpointBook.Change(names: [web], isAny: true))
        #expect(book.addresses == [web: [addresses[2]], api: [addresses[1]]])
        _ = book.take(table([web: [addresses[2]]]), at: start + .seconds(62)) { _ in nil }
        #expect(book.addresses == [web: [addresses[2]]])
    }

    @Test func `a file holds what is answered, and lines that make no sense are passed over`() throws {
        try TemporaryFolder.use { folder in
            let state = StateFolder(folder.path(percentEncoded: false))
            let file = EndpointFile(state: state)
            #expect(file.read() == [:])
            let content = [web: addresses, api: [addresses[0]]]
            try file.write(content)
            #expect(file.read() == content)
            let path = "\(state.path)/endpoints"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let bad = "\nweb 10.0.0.1\n\(web)\n\(web) x\nexample.org:80 10.0.0.1\n\(web.host):0 10.0.0.1\n"
            try (bad + text).write(toFile: path, atomically: true, encoding: .utf8)
            #expect(file.read() == content)
        }
    }

    @Test(arguments: [(1, 1), (5_000, 1), (5_001, 2), (10_000, 2), (100_000, 20)])
    func `nginx asks 5,000 times a second at the most`(_ names: Int, _ seconds: Int) {
        #expect(AnswerLifetime(names: names).round == .seconds(seconds))
    }
}
