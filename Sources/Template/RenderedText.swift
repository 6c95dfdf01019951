/// What a template made of a context, and where each line of it comes from.
package struct RenderedText: Sendable, Hashable {
    package var bytes: [UInt8]
    package var origins: SourceMap
}
