/* What a call carries between the program and its slot: memory, and the descriptor that an answer makes. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/uio.h>
#include "packet.h"

/* Between the program's memory and the slot; what cannot be reached is told, and not a signal. */
static bool copy(long direction, void *here, uint64_t there, size_t size)
{
	struct iovec local = { here, size }, remote = { (void *)(uintptr_t)there, size };
	long r = size ? raw(direction, raw(SYS_getpid), &local, 1, &remote, 1, 0) : 0;

	if (r == -ENOSYS || r == -EPERM) { /* forbidden by a sandbox: trust the pointer, as a library would */
		if (direction == SYS_process_vm_readv)
			__builtin_memcpy(here, (void *)(uintptr_t)there, size);
		else
			__builtin_memcpy((void *)(uintptr_t)there, here, size);
		r = (long)size;
	}
	return r == (long)size;
}

bool copy_in(void *here, uint64_t there, size_t size)
{
	return copy(SYS_process_vm_readv, here, there, size);
}

void fetch(struct wire_slot *slot)
{
	for (uint32_t i = 0; i < slot->ranges && i < WIRE_RANGES_MAX; i++) {
		struct wire_range *range = &slot->range[i];
		uint32_t length = range->length & ~WIRE_WRITABLE;
		char *here = (char *)slot + range->offset;
		if (range->offset > WIRE_SLOT_SIZE || length > WIRE_SLOT_SIZE - range->offset)
			continue;
		/* What is to be writable is written as it is. */
		if (!copy(SYS_process_vm_readv, here, range->address, length)
			|| (length != range->length && !copy(SYS_process_vm_writev, here, range->address, length)))
			range->offset = WIRE_UNREADABLE;
	}
}

long give_back(struct wire_slot *slot)
{
	long result = slot->result;

	for (uint32_t i = 0; i < slot->ranges && i < WIRE_RANGES_MAX; i++) {
		struct wire_range *range = &slot->range[i];
		if (range->offset > WIRE_SLOT_SIZE || range->length > WIRE_SLOT_SIZE - range->offset
			|| !copy(SYS_process_vm_writev, (char *)slot + range->offset, range->address, range->length))
			result = -EFAULT;
	}
	return result;
}

/* The end that was kept, which is then the caller's no longer, or what waits in it. */
static long arrived(const struct wire_slot *slot, int *end, struct carried *carried)
{
	char byte;
	long r;

	if (slot->name[0]) {
		*carried = (struct carried){ .count = 1, .fd = { *end } };
		*end = -1;
		r = bind_name(carried->fd[0], slot->name);
		if (r)
			drop(carried);
		return r;
	}
	r = receive(*end, &byte, 1, carried);
	raw(SYS_close, *end); /* first: its number may be the lowest */
	*end = -1;
	if (r >= 0 && carried->count == slot->descriptors)
		return 0;
	drop(carried);
	return r > 0 ? -EMFILE : -ENODEV;
}

/* The lowest free number, as for every new descriptor; nobody learns the number of one that cannot be told. */
static long install(const struct wire_descriptor *as, int fd)
{
	int number = (int)lowest(fd, (int)as->flags);

	if (as->flags & O_NONBLOCK)
		raw(SYS_fcntl, number, F_SETFL, O_NONBLOCK | O_RDWR);
	if (copy(SYS_process_vm_writev, &number, as->at, sizeof number))
		return 0;
	raw(SYS_close, number);
	return -EFAULT;
}

long take_descriptors(const struct wire_slot *slot, int *end, int *taken)
{
	struct carried carried;
	long r = arrived(slot, end, &carried);

	if (r || taken) {
		*(taken ? taken : &(int){ 0 }) = r ? -1 : carried.fd[0];
		return r;
	}
	arm();
	for (unsigned i = 0; i < carried.count; i++) {
		if (!r)
			r = install(&slot->descriptor[i], carried.fd[i]);
		else
			raw(SYS_close, carried.fd[i]);
	}
	return r;
}
