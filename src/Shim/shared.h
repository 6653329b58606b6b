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
bool settle(int epoll); /* one that has sockets of the daemon's; of all such, then */
bool is_written(int fd); /* a dma-buf that is neither readable nor writable now */
#endif
