/* A client that has dma-bufs in an epoll, each step of which the test looks at from outside. */
#define _GNU_SOURCE
#include <linux/dma-buf.h>
#include <sys/epoll.h>
#include "timeline.h"

#define MANY 1000

static struct epoll_event events[MANY + 1];

/* Waits until the test has seen it. */
static void seen(const char *word)
{
	char byte;

	CHECK(write(1, word, strlen(word)) == (ssize_t)strlen(word) && read(0, &byte, 1) == 1);
}

static int control(int epoll, int operation, int fd, uint32_t wanted)
{
	return epoll_ctl(epoll, operation, fd, &(struct epoll_event){ wanted, { .fd = fd } });
}

static void round_of(int card, int epoll, unsigned count, bool deletes)
{
	int buffers[MANY];

	for (unsigned i = 0; i < count; i++) {
		buffers[i] = export_buffer(card);
		CHECK(!control(epoll, EPOLL_CTL_ADD, buffers[i], EPOLLOUT));
	}
	CHECK(epoll_wait(epoll, events, MANY + 1, 0) == (int)count);
	if (count == MANY)
		seen("watched\n");
	for (unsigned i = 0; i < count; i++)
		CHECK((!deletes || !epoll_ctl(epoll, EPOLL_CTL_DEL, buffers[i], NULL)) && !close(buffers[i]));
	CHECK(!epoll_wait(epoll, events, MANY + 1, 0));
	/* Answered when all that was closed is given back. */
	set_master(card);
}

static void many(void)
{
	int card = open_card(0, O_RDWR), epoll = epoll_create1(0);

	round_of(card, epoll, 1, false);
	seen("opened\n");
	round_of(card, epoll, MANY, false);
	seen("closed\n");
	round_of(card, epoll, MANY, true);
	seen("closed\n");
}

/* What is idle was told, and what is written is waited for: of neither anything is told by the end of the daemon. */
static void orphaned(void)
{
	int card = open_card(0, O_RDWR), epoll = epoll_create1(0), timeline = open_timeline(), idle = export_buffer(card), busy = export_buffer(card);
	struct dma_buf_import_sync_file import = { DMA_BUF_SYNC_WRITE, fence_at(timeline, 1) };

	CHECK(!ioctl(busy, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import));
	CHECK(!control(epoll, EPOLL_CTL_ADD, card, EPOLLIN) && !control(epoll, EPOLL_CTL_ADD, busy, EPOLLOUT));
	CHECK(!control(epoll, EPOLL_CTL_ADD, idle, EPOLLOUT | EPOLLET) && epoll_wait(epoll, events, 3, 0) == 1 && events[0].data.fd == idle);
	CHECK(write(1, "ready\n", 6) == 6);
	CHECK(epoll_wait(epoll, events, 3, -1) == 1 && events[0].data.fd == card && events[0].events & EPOLLHUP);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, card, NULL) && !epoll_wait(epoll, events, 3, 100));
	/* What it was it stays, and may be asked for again. */
	CHECK(!control(epoll, EPOLL_CTL_MOD, idle, EPOLLIN | EPOLLOUT) && epoll_wait(epoll, events, 3, 0) == 1);
	CHECK(events[0].data.fd == idle && events[0].events == (EPOLLIN | EPOLLOUT));
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, idle, NULL) && !epoll_ctl(epoll, EPOLL_CTL_DEL, busy, NULL));
	CHECK(!control(epoll, EPOLL_CTL_ADD, idle, EPOLLOUT) && epoll_wait(epoll, events, 3, 0) == 1 && !close(idle) && !epoll_wait(epoll, events, 3, 0));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "many", many }, { "orphaned", orphaned }, { 0 } };

	return run_scenario(all, argc, argv);
}
