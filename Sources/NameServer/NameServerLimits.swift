/// The resources of a name server that whoever asks may take, and its pace.
package struct NameServerLimits: Sendable, Hashable {
    /// How many TCP connections there are at once; for a further one the one that was quiet for longest makes room.
    package var connections = 64
    /// How long a TCP connection may be quiet: longer than nginx keeps one, which is 5 seconds.
    package var idle = Duration.seconds(10)
    /// The longest question by TCP, in bytes.
    package var longestQuestion = 4_096
    /// The bytes of answers that may wait for whoever asks by TCP and does not read, with one answer more; his further
    /// questions wait.
    package var unread = 1 << 16
    /// The bytes that datagrams may take in the kernel while they wait: more than a thousand questions, where the system
    /// allows it.
    package var receiveRoom: Int32 = 4 << 20
    /// The pace of answers by UDP.
    package var pace = AnswerPace()

    package init() {}
}
