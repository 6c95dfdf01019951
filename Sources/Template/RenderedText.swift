/// The text of a rendered template, and where each line of it comes from.
package struct RenderedText: Sendable, Hashable {
    package var bytes: [UInt8]
    package var origins: SourceMap
}
