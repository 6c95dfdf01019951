#ifndef POSTERN_LINUX_SHIM_H
#define POSTERN_LINUX_SHIM_H

#include <netinet/in.h>
#include <stdint.h>
#include <sys/types.h>

// A process descriptor names one process for good, where a number may be another's by the time that it is used:
// see pidfd_open(2). The C library has no functions for them before version 2.36.

// Returns -1 with errno where there is no such process, or no such system call.
int postern_pidfd_open(pid_t process);
int postern_pidfd_send_signal(int descriptor, int signal);

// Takes a connection that never blocks and that no other program inherits. Returns -1 with errno where there is none.
// Swift does not see GNU's extensions: see accept4(2).
int postern_accept(int listener);

// Has the kernel note when each datagram came: see SO_TIMESTAMPNS in socket(7). Returns -1 with errno where it does not.
int postern_stamp_datagrams(int descriptor);

// Receives one datagram, as far as it fits, with its sender, and the nanoseconds that it has waited for that; 0 where the
// kernel does not say. Returns -1 with errno where there is none. Swift does not see the macros of cmsg(3).
ssize_t postern_receive(int descriptor, void *buffer, size_t size, struct sockaddr_in *sender, int64_t *waited);

// Makes a counter with a descriptor that is ready to be read when the counter is not 0: see eventfd(2).
// It never blocks, and no other program inherits it. Returns -1 with errno where the system has no descriptor left.
int postern_eventfd(void);

// A group of descriptors that is ready to be read when one of them is: see epoll(7). Swift does not see its structures.
// No other program inherits it. Returns -1 with errno where there cannot be one.
int postern_group(void);
// Returns -1 with errno where there is no room.
int postern_group_add(int group, int descriptor, uint32_t number);
// Puts the numbers of those that are ready into a place for so many; returns how many there are, or -1 with errno.
int postern_group_ready(int group, uint32_t *numbers, int most);

// Other processes of the same user can no longer read this one's memory, descriptors and files by /proc: see prctl(2).
// Returns -1 with errno where the kernel refuses.
int postern_refuse_inspection(void);

// All threads take memory from the same place from now on, and not each from its own: see M_ARENA_MAX in mallopt(3).
void postern_share_free_memory(void);

// Gives memory that is free back to the system, where the C library would keep it: see malloc_trim(3).
void postern_return_memory(void);

#endif
