/// How much nginx may search for the location of one request among the regular expressions of a host.
///
/// A step of PCRE2 takes nginx some 20 to 100 ns. An expression that needs more than its share ends the request with
/// 500, so that one request holds a worker for 25 ms at the worst, however its host's expressions are written.
enum ExpressionBudget {
    /// The steps of all expressions of a host together.
    private static let steps = 1 << 18
    /// No more on one host.
    static let most = 512

    /// How many steps each of so many expressions may take: 16,384 where they are few, 512 where they are most.
    ///
    /// A whole power of two, so that one more path seldom changes the others. A plain pattern takes a step or two for
    /// each byte of a path.
    static func limit(of count: Int) -> Int {
        var share = 16
        while share < count { share *= 2 }
        return steps / share
    }
}
