import Diagnostics
import NginxSyntax

/// Reads directives of ModSecurity.
///
/// What is taken is written anew, a line each: a name of a fixed list, and arguments that hold no name of a directive, an
/// operator or an action that reads or writes files, runs programs, or asks other machines.
struct FirewallReader {
    private let takesFiles: Bool
    private var result = FirewallText()
    /// Settings of one value, of which the last counts.
    private var settings: [String: Text] = [:]
    /// Rules and what changes them, those that have to stay together in one list.
    private var groups: [[Text]] = []
    private var isInChain = false
    private var identifiers: Set<String> = []

    private static let longestText = 65_536

    static func read(_ text: String, takesFiles: Bool) throws(ValueError) -> FirewallText {
        guard text.utf8.count <= longestText else { throw ValueError(reason: "is longer than 64 KiB") }
        var reader = FirewallReader(takesFiles: takesFiles)
        for line in FirewallLine.lines(of: text) { try reader.take(line) }
        return try reader.finish()
    }

    private init(takesFiles: Bool) { self.takesFiles = takesFiles }

    private mutating func take(_ line: FirewallLine) throws(ValueError) {
        let words = try line.words()
        guard let name = words.first?.text else { return }
        guard let form = FirewallDirectives.forms[name.lowercased()] else {
            if FirewallDirectives.needless.contains(name.lowercased()) {
                let reason = "names '\(name)' in line \(line.number), which has no effect"
                return result.leftOut.append(ValueError(reason: reason))
            }
            throw line.error("'\(name.excerpt)', which is not taken")
        }
        let arguments = words.dropFirst()
        if form.kind == .include { return try include(arguments.map(\.text), line) }
        guard form.count.contains(arguments.count) else {
            throw line.error("'\(name)' with too few or too many arguments")
        }
        guard form.kind != .log || isLog(arguments.first?.text ?? "") else {
            throw line.error("'\(name)' with a file that is not taken")
        }
        if let word = FirewallDirectives.forbidden(in: arguments.map(\.text)) {
            throw line.error("'\(word)', which is not taken")
        }
        // Updates of rules name variables and actions as well.
        for argument in arguments.map(\.text) {
            if let collection = FirewallDirectives.sharedCollection(in: argument) {
                throw line.error("'\(collection)', which other Ingresses would share")
            }
        }
        let targets = form.kind == .rule ? arguments.prefix(1) : form.kind == .other ? arguments : []
        for target in targets.map(\.text) {
            if let variable = FirewallDirectives.forbiddenVariable(in: target) {
                throw line.error("the variable '\(variable)', which is not taken")
            }
        }
        guard let text = Text(([form.name] + arguments.map(\.form)).joined(separator: " ")) else {
            throw line.error("a directive that is too long, or a control character")
        }
        switch form.kind {
        case .rule, .action: try add(text, arguments.map(\.text), form, line)
        case .other: groups.append([text])
        case .setting, .log: settings[form.name] = text
        case .include: break
        }
    }

    private mutating func add(
        _ text: Text,
        _ arguments: [String],
        _ form: FirewallDirectives.Form,
        _ line: FirewallLine
    ) throws(ValueError) {
        let actions = form.kind == .action ? arguments.first ?? "" : arguments.count > 2 ? arguments[2] : ""
        if isInChain {
            groups[groups.count - 1].append(text)
        } else {
            try note(FirewallDirectives.identifier(in: actions), line)
            groups.append([text])
        }
        isInChain = FirewallDirectives.isChained(actions)
    }

    private mutating func note(_ identifier: String?, _ line: FirewallLine) throws(ValueError) {
        guard let identifier else { throw line.error("a rule without an id") }
        guard identifiers.insert(identifier).inserted else {
            throw line.error("the id \(identifier) for a second time")
        }
        guard !(200_000...200_009).contains(Int(identifier) ?? 0) else {
            throw line.error("the id \(identifier), which is one of those that all have")
        }
    }

    private mutating func include(_ files: [String], _ line: FirewallLine) throws(ValueError) {
        switch files {
        case ["/etc/nginx/owasp-modsecurity-crs/nginx-modsecurity.conf"]: result.includesCoreRules = true
        // Its settings are those that all have.
        case ["/etc/nginx/modsecurity/modsecurity.conf"]: break
        default: throw line.error("'Include', and files are not read")
        }
    }

    private func isLog(_ path: String) -> Bool {
        if ["/dev/stdout", "/dev/stderr"].contains(path) { return true }
        return takesFiles && (try? ValueParser<LogDestination>.logFile.parse(path)) != nil
    }

    private mutating func finish() throws(ValueError) -> FirewallText {
        guard !isInChain else { throw ValueError(reason: "ends within a chain of rules") }
        groups.insert(contentsOf: settings.sorted { $0.key < $1.key }.map { [$0.value] }, at: 0)
        var lines: [Text] = []
        for group in groups {
            guard TextBlock(group) != nil else {
                throw ValueError(reason: "holds a chain of rules that is too long for nginx")
            }
            if TextBlock(lines + group) == nil, let block = TextBlock(lines) {
                result.blocks.append(block)
                lines = []
            }
            lines += group
        }
        if let block = TextBlock(lines) { result.blocks.append(block) }
        return result
    }
}
