/// An update from a reflector about the objects of a resource.
package enum ReflectorUpdate<Object: Sendable>: Sendable {
    /// All objects that there are.
    case list([Object])
    /// The changes since, in their order.
    case changes([Change])
    /// The objects cannot be read now; what was read before still counts, and it is tried again.
    case failure(APIError)
    /// They can be read again after a failure.
    case recovery

    package enum Change: Sendable {
        /// The object is new, or other than before.
        case changed(Object)
        /// The object as it was last.
        case removed(Object)
    }
}
