/// A template compiled for one context and one indentation.
struct Part<Context: TemplateContext>: Sendable {
    let block: Block<Context>

    func render(_ context: Context, into output: inout Output) {
        output.withOrigin(context.origin) { block.render(context, into: &$0) }
    }
}
