/* Calls: a slot of memory shared with the daemon, a packet over the descriptor that the call is about, and a sleep on the slot. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <time.h>
#include "packet.h"

static long post_packet(int fd, const struct wire_packet *packet, const int *along, unsigned carried)
{
	struct iovec io = { (void *)packet, sizeof *packet };

	return post(fd, &io, 1, along, carried);
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

/* Whichever of the program's handlers has run, it was one with SA_RESTART. Which one it was, nobody says: all that there are have to have it. */
bool restarts(void)
{
	struct {
		uintptr_t handler;
		unsigned long flags;
		void *restorer;
		uint64_t mask;
	} action;

	for (int number = 1; number <= 64; number++)
		if (number != 32 && number != 33 /* the C library's own */ && !raw(SYS_rt_sigaction, number, 0, &action, sizeof action.mask)
			&& action.handler > 1 && !(action.flags & SA_RESTART))
			return false;
	return true;
}

/* Sleeps until the daemon has answered. Signals are told to it: what one interrupts is then answered with EINTR. */
static long await(int fd, struct wire_slot *slot, const struct wire_packet *packet)
{
	bool interrupted = false;

	while (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) == WIRE_CALLED) {
		struct timespec slice = { 0, SLICE * 1000000L };
		long r = raw(SYS_futex, &slot->state, FUTEX_WAIT, WIRE_CALLED, &slice, 0, 0);
		if (r == -EINTR && !interrupted) {
			struct wire_packet signal = *packet;
			signal.op = WIRE_INTERRUPT;
			signal.value = restarts();
			interrupted = !signal.value;
			post_packet(fd, &signal, NULL, 0);
		}
		if (r == -ETIMEDOUT && is_gone(fd))
			return -ENODEV;
	}
	return 0;
}

/* Puts the call into the daemon's hands, with all that it asked for; the socket's other end stays here. */
static long hand_over(int fd, const struct wire_packet *packet, const struct request *request, struct wire_slot *slot, int *end)
{
	int along[CARRIED_MAX], ends[2] = { -1, -1 };
	unsigned carried = 0;
	held before = { 0 };
	bool pair = slot->socket;
	long r = 0;

	if (*end >= 0)
		raw(SYS_close, *end);
	*end = -1;
	if (request->about >= 0)
		along[carried++] = request->about;
	if (pair) {
		before = lock_process();
		r = make_pair(ends);
		*end = ends[0];
		along[carried++] = ends[1];
	}
	for (uint32_t i = 0; i < slot->descriptors && i < WIRE_DESCRIPTORS_MAX; i++) {
		int number = slot->descriptor[i].number;
		if (raw(SYS_fcntl, number, F_GETFD) >= 0)
			along[carried++] = number;
		else
			slot->descriptor[i].number = -1;
	}
	if (!r) {
		__atomic_store_n(&slot->state, WIRE_CALLED, __ATOMIC_RELEASE);
		r = post_packet(fd, packet, along, carried);
	}
	if (ends[1] >= 0)
		raw(SYS_close, ends[1]);
	if (pair)
		unlock_process(before);
	return r;
}

long call(int fd, const struct ours *ours, const struct request *request)
{
	long r;
	struct region *region = region_of(fd, ours, &r);
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = (uint16_t)request->op };
	struct wire_slot *slot;
	int index = region ? claim(fd, region) : (int)r, end = -1;

	if (index < 0)
		return index;
	packet.region = region->id;
	packet.slot = (uint16_t)index;
	slot = slot_at(region, packet.slot);
	slot->number = request->number;
	slot->address = (uintptr_t)request->argument;
	slot->ranges = 0;
	slot->socket = request->taken != NULL;
	slot->descriptors = 0;
	slot->name[0] = 0;
	slot->size = request->in && copy_in(slot->argument, slot->address, request->size) ? request->size : 0;
	for (;;) {
		r = hand_over(fd, &packet, request, slot, &end);
		if (r) /* the daemon knows of no call: the slot is free again */
			break;
		r = await(fd, slot, &packet);
		if (r) { /* not given free: a daemon that is alive may still write to it */
			if (end >= 0)
				raw(SYS_close, end);
			return r;
		}
		if (slot->state == WIRE_DONE)
			break;
		fetch(slot);
	}
	if (!r)
		r = give_back(slot);
	if (!r && slot->descriptors)
		r = take_descriptors(slot, &end, request->taken);
	if (end >= 0)
		raw(SYS_close, end);
	__atomic_store_n(&slot->state, WIRE_FREE, __ATOMIC_RELEASE);
	return r;
}

/* A process that has not attached has nothing to tell: ids are a region's. */
void tell(int fd, enum wire_op op, uint64_t value, const struct ours *ours)
{
	struct region *region = region_known(ours);
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = (uint16_t)op, .value = value };

	if (region) {
		packet.region = region->id;
		post_packet(fd, &packet, NULL, 0);
	}
}
