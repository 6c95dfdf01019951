/// The state of nginx after a controller has started, before any source is read.
package enum Recovery: Sendable, Hashable {
    /// An nginx that runs already, with the generation that it answers for.
    ///
    /// The number of its process is `nil` where that is not to be seen.
    case found(process: Int32?, String?, hasControlAPI: Bool)
    case started(process: Int32, String, hasControlAPI: Bool)
    case nothing
}
