import ArgumentParser
import struct NginxSyntax.ByteSize

/// The options that say which nginx serves, and how it is treated.
struct NginxOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file with the process id of an nginx that somebody else starts: a service, or a container.",
            valueName: "file"
        )
    )
    var nginxPIDFile: String?

    @Option(
        help: ArgumentHelp(
            "The Unix socket where an nginx that somebody else starts, 1.31.5 or newer, serves its control API (nginx -l). "
                + "Its processes need not be seen then, nor --nginx-pid-file be given.",
            valueName: "path"
        )
    )
    var nginxControl: String?

    @Flag(help: "Start nginx, start it again when it dies, and end it at the end.")
    var supervise = false

    @Option(
        name: .customLong("nginx"),
        help: ArgumentHelp(
            "The nginx to prove with and to supervise; without it the one on this machine.",
            valueName: "path"
        )
    )
    var nginxPath: String?

    @Option(
        help: ArgumentHelp(
            "The Unix socket where nginx tells which generation it serves; without it status.sock in the state folder.",
            valueName: "path"
        )
    )
    var statusSocket: String?

    @Option(
        help: ArgumentHelp(
            "The file for one line per request, or 'off'; without it /var/log/nginx/access.log, or with --supervise "
                + "log/access.log in the state folder.",
            valueName: "file"
        )
    )
    var accessLog: String?

    @Option(
        help: ArgumentHelp(
            "The file for what nginx has to say, or 'stderr'; without it /var/log/nginx/error.log, or with "
                + "--supervise log/error.log in the state folder.",
            valueName: "file"
        )
    )
    var errorLog: String?

    @Option(
        help: ArgumentHelp("How long old workers may finish their requests after a reload.", valueName: "time")
    )
    var workerShutdownTimeout = TimeOption(seconds: 240)

    @Option(
        help: ArgumentHelp(
            "How many reloads' workers may finish their requests at once; of more, the oldest are ended.",
            valueName: "count"
        )
    )
    var drainingReloads = 8

    @Option(
        help: ArgumentHelp(
            "How much memory all old workers may hold at once, such as 512m; of more, the oldest are ended. Without it a "
                + "quarter of what the machine or the container has.",
            valueName: "size"
        )
    )
    var drainingMemory: ByteSize?

    @Option(
        help: ArgumentHelp(
            "How long nginx may take to read a configuration until what served before is taken back.",
            valueName: "time"
        )
    )
    var reloadTimeout = TimeOption(seconds: 60)

    @Option(
        help: ArgumentHelp(
            "How long a supervised nginx may finish its requests when Postern is told to end.",
            valueName: "time"
        )
    )
    var stopTimeout = TimeOption(seconds: 30)

    @Option(
        help: ArgumentHelp(
            "When nginx reads certificates: 'live' when clients come, so that renewed ones need no reload, 'reload' while it "
                + "starts, or 'auto': live from \(CertificateReading.threshold) certificates on with nginx 1.27.4 or newer, "
                + "unless root runs Postern, which would give the keys to the group of nginx's workers.",
            valueName: "how"
        )
    )
    var certificates = CertificateReading.auto

    func validate() throws {
        guard supervise != (nginxPIDFile != nil || nginxControl != nil) else {
            let other = nginxPIDFile == nil ? "--nginx-control" : "--nginx-pid-file"
            throw ValidationError(
                supervise
                    ? "--supervise and \(other) are two ways to run nginx; choose one."
                    : "Say which nginx serves: --supervise starts one; --nginx-pid-file FILE finds one that runs, and so does "
                        + "--nginx-control PATH."
            )
        }
        guard drainingReloads > 0 else { throw ValidationError("--draining-reloads must be at least 1.") }
        guard reloadTimeout.duration > .zero else { throw ValidationError("--reload-timeout must be more than 0.") }
    }
}

/// When nginx reads certificates.
enum CertificateReading: String, ExpressibleByArgument, CaseIterable {
    case auto
    case live
    case reload

    /// From how many certificates on a reload that reads them all costs more than handshakes that read one.
    static let threshold = 250
}
