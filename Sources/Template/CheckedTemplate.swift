/// A template that cannot fail: each name is a field, and each hole stands where its values may stand.
package struct CheckedTemplate<Context: TemplateContext>: Sendable {
    private let root: Part<Context>
    private let owner = PartCache.Owner()

    init(_ root: Part<Context>) {
        self.root = root
    }

    /// Renders all of it anew.
    package func render(_ context: Context) -> RenderedText {
        var output = Output()
        root.render(context, into: &output)
        return output.finish()
    }

    /// Renders what has changed since the latest rendering with this cache, and copies the rest.
    ///
    /// The bytes and origins are those of a rendering without a cache.
    package func render(_ context: Context, cache: inout PartCache) -> RenderedText {
        let recollection = cache.recall(for: owner)
        var output = Output(likely: recollection.text, in: &cache.spare)
        output.recollection = recollection
        root.render(context, into: &output)
        let text = output.finish()
        if let recollection = output.recollection { cache.keep(text, copies: output.copies, recollection) }
        return text
    }
}
