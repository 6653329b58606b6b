/* Dma-bufs, sync files and syncobjs: pipes of the daemon's, in the calls that treat them as what they stand for. */
#ifndef SHARED_H
#define SHARED_H
#include <sys/types.h>
#include "shim.h"

static inline bool is_buffer(enum kind kind)
{
	return kind == DMA_BUF || kind == DMA_BUF_RDWR;
}

static inline bool is_shared(enum kind kind)
{
	return kind >= DMA_BUF;
}

/* A call about one of them, which goes over a channel that the process has for such. */
long call_about(int fd, const struct request *request);
long ioctl_shared(int fd, enum kind kind, uint32_t number, void *argument);
long seek_shared(int fd, enum kind kind, off_t offset, int whence);
long size_of(int fd); /* of a dma-buf, in bytes */
/* Has the daemon hear of all that was closed, where this is an epoll that tells of it: by sockets, or to who only looks, by fences. */
bool settle(int epoll, bool is_look);
void settle_all(void);
bool is_awaited(int fd); /* a sync file that has not come, or a dma-buf that somebody uses */
bool is_written(int fd); /* a dma-buf that is neither readable nor writable now */
#endif
