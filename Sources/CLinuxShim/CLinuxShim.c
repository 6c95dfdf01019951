#define _GNU_SOURCE
#include "CLinuxShim.h"

#include <stddef.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int postern_pidfd_open(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int postern_pidfd_send_signal(int descriptor, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0);
}

int postern_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int postern_stamp_datagrams(int descriptor) {
    int on = 1;
    return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// A clock that was set back meanwhile makes it 0.
static int64_t nanoseconds_since(struct timespec stamp) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return 0;
    int64_t waited = nanoseconds(now) - nanoseconds(stamp);
    return waited > 0 ? waited : 0;
}

ssize_t postern_receive(int descriptor, void *buffer, size_t size, struct sockaddr_in *sender, int64_t *waited) {
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof(struct timespec))];
    } control;
    struct iovec place = {.iov_base = buffer, .iov_len = size};
    struct msghdr message = {
        .msg_name = sender,
        .msg_namelen = sizeof *sender,
        .msg_iov = &place,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    *waited = 0;
    ssize_t count = recvmsg(descriptor, &message, 0);
    if (count < 0) return count;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part != NULL; part = CMSG_NXTHDR(&message, part)) {
        struct timespec stamp;
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SO_TIMESTAMPNS) continue;
        if (part->cmsg_len < CMSG_LEN(sizeof stamp)) continue;
        memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
        *waited = nanoseconds_since(stamp);
    }
    return count;
}

int postern_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int postern_group(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int postern_group_add(int group, int descriptor, uint32_t number) {
    struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = number}};
    return epoll_ctl(group, EPOLL_CTL_ADD, descriptor, &event);
}

int postern_group_ready(int group, uint32_t *numbers, int most) {
    struct epoll_event events[64];
    int count = epoll_wait(group, events, most < 64 ? most : 64, 0);
    for (int i = 0; i < count; i++) numbers[i] = events[i].data.u32;
    return count;
}

int postern_refuse_inspection(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void postern_share_free_memory(void) {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
#endif
}

void postern_return_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
