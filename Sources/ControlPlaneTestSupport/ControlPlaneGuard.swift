import TestSupport

/// Ends a control plane as soon as a test is done or its process is gone, even if it crashed.
enum ControlPlaneGuard {
    /// A server that is starting has the folder among its arguments; one that is killed writes no more.
    private static let script = #"""
        trap '' TERM INT HUP
        read -r line
        for round in 1 2 3 4 5 6 7 8 9; do
            found=
            for process in $(grep -laF -- "$1/" /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3); do
                name=
                { read -r name <"/proc/$process/comm"; } 2>/dev/null
                case $name in etcd | kube-apiserver | kubectl) found="$found $process" ;; esac
            done
            [ -n "$found" ] || break
            kill -s KILL $found 2>/dev/null
        done
        rm -rf -- "$1"
        """#

    /// Guards a folder while `body` runs; afterwards it is gone, and so are the servers that name it.
    static func run<Result: Sendable>(
        over folder: String,
        body: () async throws -> Result
    ) async throws -> Result {
        try await Guardian.run(script, over: folder, body: body)
    }
}
