/// A template compiled for one context and one indentation.
struct Part<Context: TemplateContext>: Sendable {
    /// Which part of its ``CheckedTemplate`` this is.
    let number: Int
    let block: Block<Context>

    func render(_ context: Context, into output: inout Output) {
        guard output.cache != nil else { return renderAnew(context, into: &output) }
        let key = PartCache.Key(part: number, context: context)
        if let part = output.cache?.use(key) { return output.append(part) }

        var inner = Output()
        renderAnew(context, into: &inner)
        let part = RenderedPart(inner)
        output.cache?.keep(part, for: key)
        output.append(part)
    }

    /// Renders without looking at the cache for this part itself.
    func renderAnew(_ context: Context, into output: inout Output) {
        output.withOrigin(context.origin) { block.render(context, into: &$0) }
    }
}

/// What an included part has written: lines that can be copied into any rendering.
struct RenderedPart: Sendable {
    let bytes: [UInt8]
    let newlines: Int
    /// Lines counted from 1; no origin stands for the origin of the including part.
    let origins: SourceMap
    let blankIsLeading: Bool
    let blankIsTrailing: Bool

    init(_ output: Output) {
        bytes = output.bytes
        newlines = output.newlines
        origins = output.origins
        blankIsLeading = output.blankIsLeading
        blankIsTrailing = output.blankIsPending
    }
}
