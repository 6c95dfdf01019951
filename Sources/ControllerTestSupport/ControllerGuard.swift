import TestSupport

/// Ends whatever has to do with a folder, as soon as a test is done or its process is gone, even if it crashed.
enum ControllerGuard {
    /// nginx is a daemon, and workers outlive a master that is killed; what they have open tells whose they are.
    private static let script = #"""
        trap '' TERM INT HUP
        processes() {
            {
                grep -laF -- "$1/" /proc/[0-9]*/cmdline
                find /proc/[0-9]*/fd -maxdepth 1 -lname "$1/*"
            } 2>/dev/null | cut -d/ -f3 | sort -u | while read -r process; do
                name=
                { read -r name <"/proc/$process/comm"; } 2>/dev/null
                case $name in nginx | postern | sh) echo "$process" ;; esac
            done
        }
        read -r line
        for round in 1 2 3 4 5 6 7 8 9; do
            found=$(processes "$1")
            [ -n "$found" ] || break
            kill -s KILL $found 2>/dev/null
        done
        [ "$(id -u)" = 0 ] || as_root='sudo -n'
        while grep -qF " $1/state " /proc/mounts && $as_root umount -l "$1/state" 2>/dev/null; do :; done
        rm -rf -- "$1"
        """#

    /// Guards a folder while `body` runs; afterwards it is gone, and so are the processes of nginx and Postern that
    /// name it or have something in it open.
    static func run<Result: Sendable>(
        over folder: String,
        body: () async throws -> Result
    ) async throws -> Result {
        try await Guardian.run(script, over: folder, body: body)
    }
}
