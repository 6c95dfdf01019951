package import CurlTestSupport
import Foundation
package import TestSupport

/// The surroundings of one `postern run`: a folder of manifests or a cluster, a state folder, and ports of its own.
package struct ControllerSite: Sendable {
    /// The process that starts nginx.
    package enum Ownership: Sendable, Hashable {
        case supervised
        /// The test, which says in which file nginx writes its process id.
        case external(processIDFile: String)
    }

    /// Where the objects come from.
    package enum Input: Sendable, Hashable {
        case folder
        /// The API server that a kubeconfig names.
        case cluster(kubeconfig: String)
    }

    /// Short, because Unix sockets' names are.
    package let folder: String
    package var httpPort: UInt16
    package var httpsPort: UInt16
    /// Where a controller of a cluster answers for its health.
    package let healthPort: UInt16
    /// Where nginx asks for endpoints, if it does.
    package let endpointsPort: UInt16
    package var ownership = Ownership.supervised
    /// Whether nginx listens at addresses of IPv6 as well.
    package var usesIPv6 = false
    package var input = Input.folder
    /// Variables that are added to the controller's environment.
    package var environment: [String: String] = [:]
    /// With which permissions files are made, in octal.
    package var umask = "022"
    /// How many files the controller may have open; `nil` leaves that to the machine.
    package var openFiles: Int?
    /// How many processes and threads the controller's user may have for it to start one more; `nil` leaves that to the
    /// machine.
    package var processes: Int?
    /// The capabilities that a controller run as root keeps, such as `CAP_KILL`; `nil` leaves it all.
    package var capabilities: [String]?
    /// The number of the user and group that the controller runs as, where root runs the test; `nil` for root.
    package private(set) var user: UInt32?

    /// The options that say where nginx listens and asks; what is compared with it takes the same.
    package var ports: [String] {
        let ports = [("http", httpPort), ("https", httpsPort), ("endpoints", endpointsPort)]
        return ports.flatMap { ["--\($0)-port", "\($1)"] } + (usesIPv6 ? [] : ["--disable-ipv6"])
    }

    package var manifests: String { "\(folder)/manifests" }
    package var state: String { "\(folder)/state" }

    /// Makes a site for `body`, and leaves no file and no process of it behind, however that ends.
    package static func use<Result: Sendable>(
        body: (ControllerSite) async throws -> Result
    ) async throws -> Result {
        try await slots.use {
            let site = try ControllerSite()
            return try await ControllerGuard.run(over: site.folder) { try await body(site) }
        }
    }

    /// More would only be in each other's way.
    private static let slots = Slots(3)

    private init() throws {
        var template = Array("/tmp/p-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Tool.Failure(description: "no folder can be made in /tmp") }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        httpPort = try ClaimedPort.next()
        httpsPort = try ClaimedPort.next()
        healthPort = try ClaimedPort.next()
        // Claimed ports are marked as such by UDP, and begin above that one.
        endpointsPort = try ClaimedPort.next() - 3_000
        // nginx's workers pass through as somebody else.
        chmod(folder, 0o755)
        for name in ["manifests", "temporary"] { mkdir("\(folder)/\(name)", 0o755) }
    }

    /// Has the controller run as nobody, to whom the folder is given; without root it does so as anybody.
    package mutating func giveAway() async throws {
        guard geteuid() == 0 else { return }
        user = 65_534
        let outcome = try await Tool("chown").run(["-R", "65534:65534", folder])
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
    }

    /// Replaces a manifest as a whole.
    package func write(_ text: String, to name: String) throws {
        // A hidden name, which is no manifest yet.
        let temporary = "\(manifests)/.\(name).new"
        try Data(text.utf8).write(to: URL(filePath: temporary))
        guard rename(temporary, "\(manifests)/\(name)") == 0 else {
            throw Tool.Failure(description: "\(name) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(manifests)/\(name)")
    }

    /// The text of a file of the state folder; empty where there is none.
    package func stateText(_ name: String) -> String {
        FileManager.default.contents(atPath: "\(state)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Runs `postern` with other arguments than those of `run`, to its end.
    package func postern(_ arguments: String...) async throws -> Tool.Outcome {
        try await Tool(built: "postern").run(arguments)
    }

    /// A client that believes every certificate.
    package var client: CurlClient {
        CurlClient(address: "127.0.0.1", httpPort: Int(httpPort), httpsPort: Int(httpsPort))
    }
}
