import Foundation
import TestSupport

/// A time of day that a test sets, for programs that are started with a library of its own in place of the system's.
struct ShiftedClock {
    /// What `LD_PRELOAD` is to name.
    let library: String
    private let shift: String

    init(in folder: String) async throws {
        shift = "\(folder)/shift"
        library = "\(folder)/shift.so"
        let source = "\(folder)/shift.c"
        try Data(Self.source.utf8).write(to: URL(filePath: source))
        let outcome = try await Tool("cc").run(
            ["-shared", "-fPIC", "-O1", "-DSHIFT=\"\(shift)\"", "-o", library, source]
        )
        guard outcome.status == 0 else { throw Tool.Failure(description: outcome.errors) }
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
        #include <time.h>
        #include <unistd.h>

        static long shift(void) {
            char text[32] = {0};
            int file = open(SHIFT, O_RDONLY | O_CLOEXEC);
            if (file < 0) return 0;
            long seconds = read(file, text, sizeof text - 1) > 0 ? atol(text) : 0;
            close(file);
            return seconds;
        }

        int gettimeofday(struct timeval *time, void *zone) {
            int result = (int)syscall(SYS_gettimeofday, time, zone);
            time->tv_sec += shift();
            return result;
        }

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = (int)syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME) time->tv_sec += shift();
            return result;
        }

        time_t time(time_t *result) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }

        """
}
