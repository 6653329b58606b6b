/* A dma-buf in an epoll. */
#ifndef EPOLL_H
#define EPOLL_H
#include <linux/dma-buf.h>
#include <sys/epoll.h>
#include "timeline.h"

#define IDLE (EPOLLIN | EPOLLOUT)
#define READ EPOLLIN
#define WRITTEN 0u
#define NAME 0x1234567890abcdefull

/* A dma-buf, and what uses it: fences that come in their order. */
struct scene {
	int card, buffer, timeline;
	uint32_t last;
};

static inline struct scene arrange(void)
{
	struct scene it = { .card = open_card(0, O_RDWR), .timeline = open_timeline() };

	it.buffer = export_buffer(it.card);
	return it;
}

static inline void use(struct scene *it, uint32_t flags)
{
	struct dma_buf_import_sync_file import = { flags, fence_at(it->timeline, ++it->last) };

	CHECK(!ioctl(it->buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !close(import.fd));
}

static inline void written(struct scene *it) { use(it, DMA_BUF_SYNC_WRITE); }
static inline void read_by_one(struct scene *it) { use(it, DMA_BUF_SYNC_READ); }
static inline void done(struct scene *it) { move_on(it->timeline, 1); }

static inline int control(int epoll, int operation, int fd, uint32_t events, uint64_t data)
{
	struct epoll_event event = { events, { .u64 = data } };

	return epoll_ctl(epoll, operation, fd, &event);
}

static inline int watching(int fd, uint32_t events)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	CHECK(!control(epoll, EPOLL_CTL_ADD, fd, events, NAME));
	return epoll;
}

/* What it is told now, under this name and once. */
static inline uint32_t told_as(int epoll, uint64_t data)
{
	struct epoll_event events[4];
	int count = epoll_wait(epoll, events, 4, 0);

	CHECK(count == 0 || (count == 1 && events[0].data.u64 == data));
	return count ? events[0].events : 0;
}

static inline uint32_t told(int epoll)
{
	return told_as(epoll, NAME);
}
#endif
