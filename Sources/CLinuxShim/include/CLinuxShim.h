#ifndef POSTERN_LINUX_SHIM_H
#define POSTERN_LINUX_SHIM_H

#include <sys/types.h>

// A process descriptor names one process for good, where a number may be another's by the time that it is used:
// see pidfd_open(2). The C library has no functions for them before version 2.36.

// Returns -1 with errno where there is no such process, or no such system call.
int postern_pidfd_open(pid_t process);
int postern_pidfd_send_signal(int descriptor, int signal);

// Takes a connection that never blocks and that no other program inherits. Returns -1 with errno where there is none.
// Swift does not see GNU's extensions: see accept4(2).
int postern_accept(int listener);

// Makes a counter with a descriptor that is ready to be read when the counter is not 0: see eventfd(2).
// It never blocks, and no other program inherits it. Returns -1 with errno where the system has no descriptor left.
int postern_eventfd(void);

// Other processes of the same user can no longer read this one's memory, descriptors and files by /proc: see prctl(2).
// Returns -1 with errno where the kernel refuses.
int postern_refuse_inspection(void);

// All threads take memory from the same place from now on, and not each from its own: see M_ARENA_MAX in mallopt(3).
void postern_share_free_memory(void);

// Gives memory that is free back to the system, where the C library would keep it: see malloc_trim(3).
void postern_return_memory(void);

#endif
