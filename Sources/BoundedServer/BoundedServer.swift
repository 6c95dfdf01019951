import Foundation
import Sockets

/// An HTTP server for a few short answers, which hostile clients can neither stop nor make costly.
///
/// A connection is for one request without a body: `GET` or `HEAD` of one of the routes. Whatever clients do, the server
/// takes no more than ``ServerLimits`` says, and one thread of its own; nothing that they do ends it.
package struct BoundedServer: Sendable {
    /// Why nobody can be answered.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// How the answer of a route is found.
    package enum Route: Sendable {
        /// At once, on the server's thread.
        case now(@Sendable () -> Answer)
        /// Elsewhere: once for all who ask meanwhile, and not as often as they ask.
        case later(@Sendable () async -> Answer)
    }

    private let port: UInt16
    private let limits: ServerLimits
    private let routes: [String: Route]

    /// - Parameters:
    ///   - port: Of every address of this machine.
    ///   - routes: By path.
    package init(port: UInt16, limits: ServerLimits = ServerLimits(), routes: [String: Route]) {
        self.port = port
        self.limits = limits
        self.routes = routes
    }

    /// Serves until the task is cancelled; throws ``Failure`` where the port cannot be had.
    package func run() async throws(Failure) {
        let listener: ListeningSocket
        let desk: AnswerDesk
        do throws(SocketError) {
            listener = try ListeningSocket(port: port)
            desk = try AnswerDesk()
        } catch {
            throw Failure(description: "port \(port) cannot be served: \(error)")
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await serve(listener, desk) }
            group.addTask { await desk.findAnswers(by: routes, restingFor: limits.restBetweenAnswers) }
        }
    }

    private func serve(_ listener: ListeningSocket, _ desk: AnswerDesk) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (end: CheckedContinuation<Void, Never>) in
                // Not a thread of a pool: it waits for clients all its life.
                let thread = Thread {
                    var loop = ServerLoop(listener, desk, limits, routes)
                    loop.run()
                    end.resume()
                }
                thread.name = "postern.server"
                thread.start()
            }
        } onCancel: {
            desk.close()
        }
    }
}
