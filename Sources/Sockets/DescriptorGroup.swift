import CLinuxShim
import Glibc

/// Descriptors that are waited for as one: however many there are, that costs the same.
package final class DescriptorGroup: Sendable {
    /// Is ready to be read when one of the group is.
    package let descriptor: Int32
    private let count: Int

    /// - Parameter members: Those whose owner has them for as long as the group.
    package init(_ members: [Int32]) throws(SocketError) {
        descriptor = postern_group()
        count = members.count
        guard descriptor >= 0 else { throw .last }
        for (number, member) in members.enumerated()
        where postern_group_add(descriptor, member, UInt32(number)) != 0 { throw .last }
    }

    // It is called where `init` throws as well, as soon as there is a descriptor.
    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The places among the members of some that can be read now; those that are not among them come next.
    package var ready: [Int] {
        var numbers = [UInt32](repeating: 0, count: count)
        let found = unsafe postern_group_ready(descriptor, &numbers, Int32(count))
        return numbers.prefix(max(0, Int(found))).map { Int($0) }
    }
}
