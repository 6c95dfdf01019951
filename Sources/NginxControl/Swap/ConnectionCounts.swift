/// Asks nginx how busy it is, whatever the swap is doing meanwhile.
package actor ConnectionCounts {
    private let thread = ThreadExecutor("postern.connections")
    private let status: StatusClient

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(socket: String) throws {
        status = StatusClient(socket: socket)
    }

    /// The text of `stub_status`; `nil` where nginx does not answer.
    package var text: String? { status.connections() }
}
