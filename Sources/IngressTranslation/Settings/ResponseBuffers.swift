import Diagnostics
import KubernetesModel
import NginxSyntax

/// The buffers for responses, whose sizes nginx checks against each other.
struct ResponseBuffers: Sendable, Hashable {
    var count = Number(0)
    var size = ByteSize.zero
    /// `nil` leaves it to nginx, which takes two buffers.
    var busy: ByteSize?
    var temporaryFile = ByteSize.zero

    /// One buffer at least, and all but one at most; see
    /// [proxy_busy_buffers_size](https://nginx.org/en/docs/http/ngx_http_proxy_module.html).
    private var fittingBusy: ByteSize {
        let most = ByteSize(bytes: (count.value - 1) * size.bytes) ?? size
        return min(max(busy ?? ByteSize(bytes: 2 * size.bytes) ?? size, size), most)
    }

    /// None, or one buffer at least.
    private var fittingTemporaryFile: ByteSize {
        temporaryFile == .zero ? .zero : max(temporaryFile, size)
    }

    /// Adds the directives, each as near to what is asked for as nginx takes it.
    func add<Block>(to settings: inout DirectiveSettings<Block>) {
        let group = "proxy_buffers"
        let buffers = [Identifier(UInt16(clamping: count.value)), Identifier(size)]
        settings.set(Self.sizeDirective, to: size, group: group)
        settings.set(Self.buffersDirective, to: buffers, group: group)
        settings.set(Self.busyDirective, to: fittingBusy, group: group)
        settings.set(Self.temporaryFileDirective, to: fittingTemporaryFile, group: group)
    }

    private static let sizeDirective = SettingDirective<ByteSize>("proxy_buffer_size")
    private static let buffersDirective = SettingDirective<[Identifier]>("proxy_buffers")
    private static let busyDirective = SettingDirective<ByteSize>("proxy_busy_buffers_size")
    private static let temporaryFileDirective = SettingDirective<ByteSize>("proxy_max_temp_file_size")

    /// The sizes of an object that do not fit the others.
    func findings(of source: SettingSource) -> [Diagnostic] {
        let sizes = [
            (
                "proxy-busy-buffers-size", busy ?? fittingBusy, fittingBusy,
                "one buffer at least and all but one at most"
            ),
            ("proxy-max-temp-file-size", temporaryFile, fittingTemporaryFile, "none or one buffer at least"),
        ]
        return sizes.compactMap { name, wanted, used, rule in
            guard wanted != used, source.value(name) != nil else { return nil }
            return source.finding(
                .warning,
                common: "setting-adjusted",
                "nginx takes \(rule) for '\(name)'; \(used) is used in place of \(wanted)",
                at: name
            )
        }
    }
}
