import Dispatch
import Foundation

/// The signals by which people and systems ask a program to end, and others that they send it.
package enum EndSignals {
    /// Ctrl-C, `kill`, and what ends nginx as soon as it has answered: images built on nginx's send it.
    static let ofDaemon = [SIGINT, SIGTERM, SIGQUIT]

    /// Those of a program that people start by hand: a terminal that closes is one more.
    package static let ofCommand = ofDaemon + [SIGHUP]

    /// Runs `body`, and cancels it at the first of the signals; returns whether one came.
    ///
    /// Either way it returns only after `body`. What `body` throws on being cancelled is no failure.
    ///
    /// - Parameters:
    ///   - numbers: Those that end it.
    ///   - finish: What is still to be done while `body` runs; another signal ends it.
    package static func untilRaised(
        _ numbers: [Int32] = ofCommand,
        finishing finish: @escaping @Sendable () async -> Void = {},
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> Bool {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        var sources: [any DispatchSourceSignal] = []
        defer { for source in sources { source.cancel() } }
        for number in numbers {
            sources.append(await source(of: number) { continuation.yield() })
        }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return false
            }
            group.addTask {
                guard await signals.first(where: { true }) != nil else { return false }
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await finish() }
                    group.addTask { _ = await signals.first { true } }
                    await group.next()
                    group.cancelAll()
                }
                return true
            }
            let wasAsked = try await group.next() ?? false
            group.cancelAll()
            while await group.nextResult() != nil {}
            return wasAsked
        }
    }

    /// Calls a function each time that a signal comes, which no longer ends the program, until the task is cancelled.
    static func onEach(_ number: Int32, _ body: @Sendable () async -> Void) async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let source = await source(of: number) { continuation.yield() }
        defer { source.cancel() }
        for await _ in signals { await body() }
    }

    /// Returns once the signal calls the handler instead of ending the program.
    private static func source(
        of number: Int32,
        handler: @escaping @Sendable () -> Void
    ) async -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: handler)
        await withCheckedContinuation { continuation in
            source.setRegistrationHandler { @Sendable in continuation.resume() }
            source.activate()
        }
        return source
    }
}
