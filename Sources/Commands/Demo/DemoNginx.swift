import FlyingSocks
import Foundation
import NginxControl
import NginxSyntax
import Subprocess
import SystemPackage

/// An nginx that serves the demo's folder, and touches nothing outside of it.
struct DemoNginx: Sendable {
    let capabilities: NginxCapabilities
    private let program: NginxProgram
    private let folder: DemoFolder

    /// Takes the nginx at a path, or the one of this machine.
    init(at path: String?, in folder: DemoFolder) async throws(CommandFailure) {
        guard let program = NginxProgram(at: path) else {
            let missing = path.map { "\($0) is no program" } ?? "nginx is not installed"
            throw CommandFailure("\(missing); on Debian it is in the package nginx: apt-get install nginx")
        }
        guard let capabilities = await program.capabilities() else {
            throw CommandFailure("\(program.path) -V does not say which nginx it is")
        }
        self.program = program
        self.capabilities = capabilities
        self.folder = folder
    }

    /// Runs nginx until the task is cancelled; then requests under way are finished, but not for longer than seconds.
    ///
    /// Throws nginx's own words when it ends by itself.
    func run() async throws {
        let result = try await Subprocess.run(
            .path(SystemPackage.FilePath(program.path)),
            arguments: Arguments([
                "-p", folder.path, "-c", "\(folder.path)/nginx.conf", "-e", "stderr", "-g", "daemon off;",
            ]),
            platformOptions: .ownGroup,
            input: .none,
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        // Workers outlive a master that is killed.
        kill(-result.processIdentifier.value, SIGKILL)
        try Task.checkCancellation()
        let words = result.standardError.split(separator: "\n").filter { !$0.contains("[warn]") }
        guard !words.isEmpty else { throw CommandFailure("nginx has ended: \(result.terminationStatus)") }
        throw CommandFailure("nginx does not start:", quoting: words)
    }

    /// Waits until nginx answers a request, whatever it answers.
    func waitUntilAnswering(on port: PortNumber, within time: Duration = .seconds(20)) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + time
        while true {
            do {
                return try await Self.ask(port)
            } catch let error as SocketError {
                guard clock.now < deadline else {
                    throw CommandFailure("nginx does not answer on port \(port) within \(time): \(error)")
                }
                try await clock.sleep(for: .milliseconds(20))
            }
        }
    }

    private static func ask(_ port: PortNumber) async throws {
        let socket = try Socket(domain: AF_INET, type: .stream)
        defer { try? socket.close() }
        let connection = try AsyncSocket(socket: socket, pool: try await .client)
        try await connection.connect(to: .inet(ip4: DemoPorts.host, port: port.value))
        try await connection.write(Data("HEAD / HTTP/1.0\r\n\r\n".utf8))
        _ = try await connection.read(bytes: "HTTP/1.1 404".utf8.count)
    }
}

extension PlatformOptions {
    /// A process group of its own: Ctrl-C in a terminal goes to the program's group, and nginx ends in its turn.
    fileprivate static var ownGroup: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .quit, allowedDurationToNextStep: .seconds(3)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }
}
