/* The memory that a process shares with a daemon, and the lock of all that the process shares with itself. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include "packet.h"

#define REGIONS 8

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

/* Nobody is born while a pair is made and one of its ends is given away: a child would keep that open, and a daemon that dies would not be missed. */
static held forking;

static void before_fork(void)
{
	forking = lock_process();
}

static void after_fork(void)
{
	unlock_process(forking);
}

__attribute__((constructor(101))) static void watch_forks(void)
{
	pthread_atfork(before_fork, after_fork, after_fork);
}

/* Whoever answers is of this user or root, and cannot take the memory away: a socket that is only named like a card does no harm. */
static bool may_trust(int memory, const struct wire_attached *attached, const struct ucred *sender)
{
	off_t size = raw(SYS_lseek, memory, 0, SEEK_END);

	return attached->magic == WIRE_MAGIC && attached->slots == WIRE_SLOTS && attached->slot_size == WIRE_SLOT_SIZE
		&& size == (off_t)WIRE_SLOTS * WIRE_SLOT_SIZE && raw(SYS_fcntl, memory, F_GET_SEALS) & F_SEAL_SHRINK
		&& (sender->uid == 0 || (long)sender->uid == raw(SYS_geteuid));
}

/* Its own memory for this process and this daemon. The packet that waits in the socket is for the kernel to say whose it is. */
static long attach(int fd, const struct ours *ours, struct region *region)
{
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = WIRE_ATTACH };
	struct iovec io = { &packet, sizeof packet };
	struct wire_attached attached;
	struct carried carried = { 0 };
	int ends[2], on = 1;
	long base = -1, r = make_pair(ends);

	if (r)
		return r;
	for (int i = 0; i < 2; i++)
		raw(SYS_setsockopt, ends[i], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
	raw(SYS_sendto, ends[0], &packet, sizeof packet, MSG_NOSIGNAL, 0, 0);
	r = post(fd, &io, 1, &ends[1], 1);
	raw(SYS_close, ends[1]);
	if (!r && receive(ends[0], &attached, sizeof attached, &carried) == sizeof attached && carried.count == 1
		&& may_trust(carried.fd[0], &attached, &carried.sender))
		base = raw(SYS_mmap, 0, (size_t)attached.slots * WIRE_SLOT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, carried.fd[0], 0);
	drop(&carried);
	raw(SYS_close, ends[0]);
	if (base < 0 && base > -4096)
		return -ENODEV;
	raw(SYS_madvise, base, (size_t)attached.slots * WIRE_SLOT_SIZE, MADV_DONTFORK);
	for (unsigned i = 0; i < sizeof region->token; i++)
		region->token[i] = ours->token[i];
	region->id = attached.region;
	region->slots = attached.slots;
	region->base = (char *)base;
	return 0;
}

static struct region *known(struct process *mine, const struct ours *ours)
{
	uint32_t count = __atomic_load_n(&mine->count, __ATOMIC_ACQUIRE);

	for (uint32_t i = 0; i < count && i < REGIONS; i++)
		if (!__builtin_memcmp(mine->region[i].token, ours->token, sizeof ours->token))
			return &mine->region[i];
	return NULL;
}

struct region *region_of(int fd, const struct ours *ours, long *error)
{
	struct process *mine = this_process();
	struct region *region = mine ? known(mine, ours) : NULL;
	held before;

	*error = -ENODEV;
	if (region || !mine)
		return region;
	before = lock_process();
	region = known(mine, ours);
	if (!region && mine->count < REGIONS && !(*error = attach(fd, ours, &mine->region[mine->count]))) {
		region = &mine->region[mine->count];
		__atomic_store_n(&mine->count, mine->count + 1, __ATOMIC_RELEASE);
	}
	unlock_process(before);
	return region;
}

struct region *region_known(const struct ours *ours)
{
	struct process *mine = this_process();

	return mine ? known(mine, ours) : NULL;
}
