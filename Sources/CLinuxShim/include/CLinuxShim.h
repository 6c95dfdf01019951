#ifndef POSTERN_LINUX_SHIM_H
#define POSTERN_LINUX_SHIM_H

#include <sys/types.h>

// A process descriptor names one process for good, where a number may be another's by the time that it is used:
// see pidfd_open(2). The C library has no functions for them before version 2.36.

// Returns -1 with errno where there is no such process, or no such system call.
int postern_pidfd_open(pid_t process);
int postern_pidfd_send_signal(int descriptor, int signal);

// Other processes of the same user can no longer read this one's memory, descriptors and files by /proc: see prctl(2).
// Returns -1 with errno where the kernel refuses.
int postern_refuse_inspection(void);

#endif
