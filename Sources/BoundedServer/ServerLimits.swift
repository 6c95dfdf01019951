/// The resources of a server that clients may take, whatever they do.
package struct ServerLimits: Sendable, Hashable {
    /// How many connections there are at once; for a further one another makes room.
    package var connections = 64
    /// How long a connection stays before it has to make room: long enough to ask for what is found at once.
    ///
    /// With ``connections`` it bounds how many clients come in a second, whoever else waits.
    package var grace = Duration.milliseconds(20)
    /// How long a request line is with all its headers, in bytes.
    package var head = 8 << 10
    /// How long a client may take to send them.
    package var reading = Duration.seconds(5)
    /// How long a client waits for an answer that is found elsewhere.
    package var answering = Duration.seconds(5)
    /// How long a client may take to read its answer.
    package var writing = Duration.seconds(5)
    /// How long a client that has its answer may take to end the connection.
    package var ending = Duration.seconds(1)
    /// How long nobody is taken after the machine has refused a connection.
    package var restAfterRefusal = Duration.milliseconds(100)
    /// The least time from one search for answers to the next.
    package var restBetweenAnswers = Duration.milliseconds(100)

    package init() {}
}
