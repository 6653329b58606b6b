/* A socket for uevents in the calls that treat it as the netlink socket that it stands for. */
#ifndef UEVENTS_H
#define UEVENTS_H
#include <sys/socket.h>
#include "shim.h"

int set_monitor(int fd, int level, int name, const void *value, socklen_t length);
int get_monitor(int fd, int level, int name, void *value, socklen_t *length);
int name_monitor(void *address, socklen_t *length);
ssize_t receive_from_monitor(int fd, void *buffer, size_t size, int flags, void *from, socklen_t *length);
ssize_t receive_monitored(int fd, struct msghdr *message, int flags);
bool has_overrun(int fd); /* of a MONITOR: something has been lost, and that is not told yet */
int receive_many(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit);
#endif
