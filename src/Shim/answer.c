/* What a call carries between the program and its slot: memory, and the descriptor that an answer makes. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/uio.h>
#include "shim.h"

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
		if (range->offset <= WIRE_SLOT_SIZE && range->length <= WIRE_SLOT_SIZE - range->offset
			&& !copy(SYS_process_vm_readv, (char *)slot + range->offset, range->address, range->length))
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

/* The lowest free number, as for every new descriptor; nobody learns the number of one that cannot be told. */
long install_descriptor(const struct wire_slot *slot, long made)
{
	if (made < 0)
		return made;
	arm();
	made = lowest(made, slot->descriptor_flags & O_CLOEXEC);
	int number = (int)made;
	if (copy(SYS_process_vm_writev, &number, slot->descriptor_at, sizeof number))
		return 0;
	raw(SYS_close, made);
	return -EFAULT;
}
