import Daemon
import ArgumentParser
import EchoBackend
import Foundation
import NginxSyntax

/// `postern demo`: a complete example on this machine.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a complete example on this machine.",
        discussion: """
            Starts small backends, renders sample Ingresses for them, and serves those by a real nginx on ports of \
            127.0.0.1. Prints what became of each Ingress, and requests to try. It needs no cluster and no root.

            Ctrl-C ends it and leaves nothing behind: no process, no file. Exits with 0 then, or with 2 where \
            nginx is missing or does not start.
            """
    )

    @Option(
        help: ArgumentHelp("The port for HTTP; without it 8080, or the next that is free.", valueName: "port")
    )
    var httpPort: ListenPort?

    @Option(
        help: ArgumentHelp("The port for HTTPS; without it 8443, or the next that is free.", valueName: "port")
    )
    var httpsPort: ListenPort?

    @Option(name: .customLong("nginx"), help: ArgumentHelp("The nginx to start.", valueName: "path"))
    var nginxPath: String?

    func validate() throws {
        if let httpPort, httpPort.number == httpsPort?.number {
            throw ValidationError("HTTP and HTTPS need a port each.")
        }
    }

    func run() async throws {
        // Whoever reads the output may go away, as `head` does; the clean-up is still to be done.
        signal(SIGPIPE, SIG_IGN)
        let wasAsked = try await EndSignals.untilRaised {
            try await DemoFolder.use { folder in
                try await EchoBackend.run(named: DemoSample.services) { backends in
                    try await serve(backends, in: folder)
                }
            }
        }
        if wasAsked { Terminal.print("\nEnded; nothing is left behind.") }
    }

    /// Runs nginx in front of the backends until the task is cancelled, or nginx ends.
    private func serve(_ backends: [String: EchoBackend.Address], in folder: DemoFolder) async throws {
        let nginx = try await DemoNginx(at: nginxPath, in: folder)
        let ports = try DemoPorts(http: httpPort, https: httpsPort)
        let site = try DemoSite(backends, ports, nginx.capabilities)
        try folder.write(site)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await nginx.run() }
            group.addTask {
                try await nginx.waitUntilAnswering(on: ports.http)
                Terminal.print(DemoGuide(site, ports, folder, nginx).text)
            }
            // Unlike `waitForAll`, this ends with the first failure.
            while try await group.next() != nil {}
        }
    }
}
