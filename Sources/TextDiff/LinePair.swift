/// A place in both texts.
struct LinePair: Sendable, Hashable {
    var old: Int
    var new: Int
}
