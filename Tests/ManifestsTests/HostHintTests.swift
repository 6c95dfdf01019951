import Diagnostics
import Manifests
import Testing

struct HostHintTests {
    @Test(arguments: [
        ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.example", "xn--bcher-kva.example"),
        ("münchen-ost.example", "xn--mnchen-ost-9db.example"), ("日本語.example", "xn--wgv71a119e.example"),
        ("*.über.example", "*.xn--ber-goa.example"), ("пример.example", "xn--e1afmkfd.example"),
    ])
    func `a host of other letters is told as DNS carries it`(_ host: String, _ encoded: String) {
        let finding = read(ingress("rules:\n- host: \"\(host)\"")).diagnostics.first
        #expect(finding?.code == "host-invalid")
        #expect(finding?.hint == "write '\(encoded)', which browsers ask for")
    }

    @Test(arguments: [
        "bü cher.example", "bü_.example", "a.\u{1F642}.example", "ü" + String(repeating: "a", count: 300),
    ])
    func `what no encoding makes a host has no such hint`(_ host: String) {
        let finding = read(ingress("rules:\n- host: \"\(host)\"")).diagnostics.first
        #expect(finding?.code == "host-invalid")
        #expect(finding?.hint == nil)
    }

    @Test(arguments: ["", "*."])
    func `a host that is too long is told how long it is`(_ start: String) {
        let host = start + Array(repeating: "abcdefghi", count: 26).joined(separator: ".")
        let finding = read(ingress("rules:\n- host: \"\(host)\"")).diagnostics.first
        #expect(
            finding?.message.hasPrefix("this host has \(host.utf8.count) characters, and DNS carries 253;") == true
        )
    }
}
