/* Calls: a slot of memory shared with the daemon, a packet over the descriptor that the call is about, and a sleep on the slot. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#include "shim.h"

#define REGIONS 8
#define SLICE 100 /* ms; how long a dead daemon goes unnoticed */

/* Of one daemon. */
struct region {
	char token[20];
	uint64_t id;
	char *base;
	uint32_t slots;
};

/* A child is born with this empty: it shares no slot with its parent, and attaches by itself. */
static struct process {
	uint32_t lock, count;
	struct region region[REGIONS];
} *process;

static struct process *this_process(void)
{
	struct process *mine = __atomic_load_n(&process, __ATOMIC_ACQUIRE), *none = NULL;
	long page;

	if (mine)
		return mine;
	page = raw(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page < 0 && page > -4096)
		return NULL;
	raw(SYS_madvise, page, 4096, MADV_WIPEONFORK);
	mine = (struct process *)page;
	if (__atomic_compare_exchange_n(&process, &none, mine, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return mine;
	raw(SYS_munmap, page, 4096);
	return none;
}

/* The lock is in the page that a child is born without: one that another thread held at the fork is free in the child. */
held lock_process(void)
{
	struct process *mine = this_process();
	unsigned long all = ~0ul;
	uint32_t free = 0;
	held before = { 0 };

	raw(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, &all, &before.signals, sizeof all);
	while (mine && !__atomic_compare_exchange_n(&mine->lock, &free, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
		free = 0;
		raw(SYS_sched_yield);
	}
	return before;
}

void unlock_process(held before)
{
	struct process *mine = this_process();

	if (mine)
		__atomic_store_n(&mine->lock, 0, __ATOMIC_RELEASE);
	raw(SYS_rt_sigprocmask, 2, &before.signals, 0, sizeof before.signals);
}

/* A packet, with a descriptor or -1. A daemon that does not read makes the caller wait; one that is gone is ENODEV. */
static long post(int fd, const struct wire_packet *packet, int descriptor)
{
	struct iovec io = { (void *)packet, sizeof *packet };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control;
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1 };
	long r;

	if (descriptor >= 0) {
		control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
		*(int *)CMSG_DATA(&control.header) = descriptor;
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
	}
	while ((r = raw(SYS_sendmsg, fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT)) < 0) {
		struct pollfd room = { fd, POLLOUT, 0 };
		struct timespec slice = { 0, SLICE * 1000000L };
		if (r == -EPIPE || r == -ECONNRESET || r == -ENOTCONN)
			return -ENODEV;
		if (r != -EAGAIN && r != -EINTR)
			return r;
		if (r == -EAGAIN)
			raw(SYS_ppoll, &room, 1, &slice, 0, 0);
	}
	return 0;
}

static bool is_gone(int fd)
{
	struct pollfd end = { fd, 0, 0 };
	struct timespec now = { 0, 0 };

	return raw(SYS_ppoll, &end, 1, &now, 0, 0) > 0 && end.revents & (POLLHUP | POLLERR | POLLNVAL);
}

long receive(int fd, void *bytes, size_t size, int *descriptor)
{
	struct iovec io = { bytes, size };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control;
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_LEN(sizeof(int)) };
	long r;

	do
		r = raw(SYS_recvmsg, fd, &message, MSG_CMSG_CLOEXEC);
	while (r == -EINTR);
	*descriptor = r > 0 && message.msg_controllen >= CMSG_LEN(sizeof(int)) && control.header.cmsg_type == SCM_RIGHTS
		? *(int *)CMSG_DATA(&control.header) : -1;
	return r;
}

/* Whoever answers is of this user or root, and cannot take the memory away: a socket that is only named like a card does no harm. */
static bool may_trust(int fd, int memory, const struct wire_attached *attached)
{
	struct ucred maker;
	int length = sizeof maker;
	off_t size = raw(SYS_lseek, memory, 0, SEEK_END);

	return attached->magic == WIRE_MAGIC && attached->slots == WIRE_SLOTS && attached->slot_size == WIRE_SLOT_SIZE
		&& size == (off_t)WIRE_SLOTS * WIRE_SLOT_SIZE && raw(SYS_fcntl, memory, F_GET_SEALS) & F_SEAL_SHRINK
		&& !raw(SYS_getsockopt, fd, SOL_SOCKET, SO_PEERCRED, &maker, &length)
		&& (maker.uid == 0 || (long)maker.uid == raw(SYS_geteuid));
}

/* Its own memory for this process and this daemon. The packet that waits in the socket is for the kernel to say whose it is. */
static bool attach(int fd, const struct ours *ours, struct region *region)
{
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = WIRE_ATTACH };
	struct wire_attached attached;
	int ends[2], memory = -1, on = 1;
	long base = -1;

	if (raw(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return false;
	raw(SYS_setsockopt, ends[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
	raw(SYS_sendto, ends[0], &packet, sizeof packet, MSG_NOSIGNAL, 0, 0);
	long r = post(fd, &packet, ends[1]);
	raw(SYS_close, ends[1]);
	if (!r && receive(ends[0], &attached, sizeof attached, &memory) == sizeof attached && memory >= 0 && may_trust(fd, memory, &attached))
		base = raw(SYS_mmap, 0, (size_t)attached.slots * WIRE_SLOT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	if (memory >= 0)
		raw(SYS_close, memory);
	raw(SYS_close, ends[0]);
	if (base < 0 && base > -4096)
		return false;
	raw(SYS_madvise, base, (size_t)attached.slots * WIRE_SLOT_SIZE, MADV_DONTFORK);
	for (unsigned i = 0; i < sizeof region->token; i++)
		region->token[i] = ours->token[i];
	region->id = attached.region;
	region->slots = attached.slots;
	region->base = (char *)base;
	return true;
}

static struct region *known(struct process *mine, const struct ours *ours)
{
	uint32_t count = __atomic_load_n(&mine->count, __ATOMIC_ACQUIRE);

	for (uint32_t i = 0; i < count && i < REGIONS; i++)
		if (!__builtin_memcmp(mine->region[i].token, ours->token, sizeof ours->token))
			return &mine->region[i];
	return NULL;
}

static struct region *region_of(int fd, const struct ours *ours)
{
	struct process *mine = this_process();
	struct region *region = mine ? known(mine, ours) : NULL;
	held before;

	if (region || !mine)
		return region;
	before = lock_process();
	region = known(mine, ours);
	if (!region && mine->count < REGIONS && attach(fd, ours, &mine->region[mine->count])) {
		region = &mine->region[mine->count];
		__atomic_store_n(&mine->count, mine->count + 1, __ATOMIC_RELEASE);
	}
	unlock_process(before);
	return region;
}

static struct wire_slot *slot_at(const struct region *region, unsigned index)
{
	return (struct wire_slot *)(region->base + (size_t)index * WIRE_SLOT_SIZE);
}

/* The slot's number. Where all are taken, one is given back soon; a dead daemon never does, and what it had is lost. */
static int claim(int fd, const struct region *region)
{
	/* Threads begin at different slots, by where their stacks are. */
	unsigned first = (unsigned)(((uintptr_t)__builtin_frame_address(0) >> 16) * 2654435761u >> 8);
	struct timespec moment = { 0, 1000000 };

	for (;; raw(SYS_nanosleep, &moment, 0)) {
		for (unsigned i = 0; i < region->slots; i++) {
			unsigned index = (first + i) % region->slots;
			uint32_t free = WIRE_FREE;
			if (__atomic_compare_exchange_n(&slot_at(region, index)->state, &free, WIRE_CLAIMED, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
				return (int)index;
		}
		if (is_gone(fd))
			return -ENODEV;
	}
}

/* Sleeps until the daemon has answered. A signal is told to it, once: what can be interrupted is then answered with EINTR. */
static long await(int fd, struct wire_slot *slot, const struct wire_packet *packet)
{
	bool interrupted = false;

	while (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) == WIRE_CALLED) {
		struct timespec slice = { 0, SLICE * 1000000L };
		long r = raw(SYS_futex, &slot->state, FUTEX_WAIT, WIRE_CALLED, &slice, 0, 0);
		if (r == -EINTR && !interrupted) {
			struct wire_packet signal = *packet;
			signal.op = WIRE_INTERRUPT;
			interrupted = true;
			post(fd, &signal, -1);
		}
		if (r == -ETIMEDOUT && is_gone(fd))
			return -ENODEV;
	}
	return 0;
}

static void close_pair(const int ends[2])
{
	if (ends[0] < 0)
		return;
	raw(SYS_close, ends[0]);
	raw(SYS_close, ends[1]);
}

long call(int fd, const struct ours *ours, const struct request *request)
{
	struct region *region = region_of(fd, ours);
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = (uint16_t)request->op };
	struct wire_slot *slot;
	int index = region ? claim(fd, region) : -ENODEV;
	int ends[2] = { -1, -1 };
	long r;

	if (index < 0)
		return index;
	packet.region = region->id;
	packet.slot = (uint16_t)index;
	slot = slot_at(region, packet.slot);
	slot->number = request->number;
	slot->address = (uintptr_t)request->argument;
	slot->ranges = 0;
	slot->descriptor_at = 0;
	slot->size = request->in && copy_in(slot->argument, slot->address, request->size) ? request->size : 0;
	for (;;) {
		__atomic_store_n(&slot->state, WIRE_CALLED, __ATOMIC_RELEASE);
		r = post(fd, &packet, ends[1] >= 0 ? ends[1] : request->descriptor);
		if (r) /* the daemon knows of no call: the slot is free again */
			break;
		r = await(fd, slot, &packet);
		if (r) { /* not given free: a daemon that is alive may still write to it */
			close_pair(ends);
			return r;
		}
		if (slot->state == WIRE_DONE)
			break;
		if (slot->state == WIRE_SOCKET && ends[0] < 0 && (r = raw(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)))
			break;
		fetch(slot);
	}
	if (!r)
		r = give_back(slot);
	long made = !r && slot->descriptor_at ? take_descriptor(ends[0]) : 0;
	close_pair(ends); /* first: its numbers may be the lowest */
	if (!r && slot->descriptor_at)
		r = install_descriptor(slot, made);
	__atomic_store_n(&slot->state, WIRE_FREE, __ATOMIC_RELEASE);
	return r;
}

/* A process that has not attached has nothing to tell: ids are a region's. */
void tell(int fd, enum wire_op op, uint64_t value, const struct ours *ours)
{
	struct process *mine = this_process();
	struct region *region = mine ? known(mine, ours) : NULL;
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = (uint16_t)op, .value = value };

	if (region) {
		packet.region = region->id;
		post(fd, &packet, -1);
	}
}

long take_descriptor(int fd)
{
	char byte;
	int descriptor;

	return receive(fd, &byte, 1, &descriptor) > 0 && descriptor >= 0 ? descriptor : -ENODEV;
}
