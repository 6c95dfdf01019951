import Daemon
import ArgumentParser
import Foundation
import NginxControl

/// `postern status`: what a controller serves.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what serves, what is set aside and why, and how the last swaps went.",
        discussion: """
            Reads what `postern run` writes to its state folder, and asks nginx itself which generation it serves.

              postern status --state-dir /var/lib/postern
              postern status --state-dir /var/lib/postern --format json | jq .setAside

            Exits with 0 where nginx serves what the source says, with 1 where something is set aside, failed, or is \
            served by nobody, and with 2 where the folder holds no status.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Option(help: ArgumentHelp("The state folder of `postern run`.", valueName: "folder"))
    var stateDir = "/var/lib/postern"

    @Option(
        help: ArgumentHelp("The socket that was given to `postern run`, if one was.", valueName: "path")
    )
    var statusSocket: String?

    @Option(help: ArgumentHelp("How to print it: text or json.", valueName: "format"))
    var format: Format = .text

    func run() async throws {
        let state = StateFolder(stateDir)
        guard let status = ControllerStatus(in: state) else {
            throw CommandFailure("\(state.statusFile): there is no status here; `postern run --state-dir` writes it")
        }
        let live = StatusClient(socket: statusSocket ?? "\(state.path)/status.sock").generation()
        let report = StatusReport(status, live: live, isRunning: StateLock.isHeld(in: state))
        switch format {
        case .text: Terminal.print(report.text)
        case .json: Terminal.print(try report.printedJSON())
        }
        if !report.isWell { throw ExitCode.findings }
    }
}
