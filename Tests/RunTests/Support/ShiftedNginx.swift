import Foundation
import TestSupport

/// An nginx whose time of day a test sets.
///
/// It is the one that is there, with a function of its own in place of the system's.
struct ShiftedNginx {
    /// Starts it.
    let program: String
    private let shift: String

    init(_ nginx: String, in folder: String) async throws {
        program = "\(folder)/shifted-nginx"
        shift = "\(folder)/shift"
        let (source, library) = ("\(folder)/shift.c", "\(folder)/shift.so")
        try Data(Self.source.utf8).write(to: URL(filePath: source))
        let outcome = try await Tool("cc").run(
            ["-shared", "-fPIC", "-O1", "-DSHIFT=\"\(shift)\"", "-o", library, source]
        )
        guard outcome.status == 0 else { throw Tool.Failure(description: outcome.errors) }
        let script = "#!/bin/sh\nLD_PRELOAD=\(library) exec \(nginx) \"$@\"\n"
        try Data(script.utf8).write(to: URL(filePath: program))
        chmod(program, 0o755)
    }

    /// Sets the clock ahead of the system's, or behind.
    func set(by seconds: Int) throws {
        try Data("\(seconds)".utf8).write(to: URL(filePath: shift + ".new"))
        // nginx's workers read it as somebody else.
        chmod(shift + ".new", 0o644)
        rename(shift + ".new", shift)
    }

    private static let source = """
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <unistd.h>

        int gettimeofday(struct timeval *time, void *zone) {
            char text[32] = {0};
            int file = open(SHIFT, O_RDONLY | O_CLOEXEC);
            int result = (int)syscall(SYS_gettimeofday, time, zone);
            if (file < 0) return result;
            if (read(file, text, sizeof text - 1) > 0) time->tv_sec += atol(text);
            close(file);
            return result;
        }

        """
}
