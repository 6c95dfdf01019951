/// The plainest configuration that does the same as another: what the locations of a server have in common stands once,
/// in the server.
struct PlainConfiguration {
    let text: String

    init(of text: String) {
        var lines: [Substring] = []
        var server: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "    server {" { server = [] }
            guard server != nil else {
                lines.append(line)
                continue
            }
            server?.append(line)
            if line == "    }", let whole = server {
                lines += Self.gathered(whole)
                server = nil
            }
        }
        self.text = lines.joined(separator: "\n")
    }

    private static func gathered(_ server: [Substring]) -> [Substring] {
        let bodies = server.split { !$0.hasPrefix("            ") }.map { Set($0.filter(isSetting)) }
        guard let first = bodies.first, bodies.count > 1 else { return server }
        let common = bodies.dropFirst().reduce(first) { $0.intersection($1) }
        let rest = server.filter { !common.contains($0) }
        guard let place = rest.firstIndex(where: { $0.hasPrefix("        location") }) else { return server }
        return rest[..<place] + common.sorted().map { $0.dropFirst(4) } + rest[place...]
    }

    private static func isSetting(_ line: Substring) -> Bool {
        let name = line.drop { $0 == " " }
        return !name.hasPrefix("proxy_pass ") && !name.hasPrefix("return ") && !name.hasPrefix("access_log ")
            && line.hasSuffix(";")
    }
}
