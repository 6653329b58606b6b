/* Mappings of cards and dma-bufs. They are plain mappings of the object's own memory, and this table of them keeps two promises: what was mapped
 * stays open while a piece of it is there (a hidden duplicate does that), and the daemon is told when the last piece of a card's is gone. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include "shared.h"

#define PAGE 4096ul

struct piece {
	uintptr_t start, end;
	uint64_t id, file; /* a dma-buf's has no id */
	enum kind kind;
	int keeper; /* the hidden duplicate, one a file */
};

static struct piece *pieces;
static size_t count, room;

static bool failed(long r)
{
	return r < 0 && r > -4096;
}

/* Under the lock, as all that follows. */
static bool grow(void)
{
	size_t wanted = room ? room * 2 : PAGE / sizeof *pieces;
	long r = room
		? raw(SYS_mremap, pieces, room * sizeof *pieces, wanted * sizeof *pieces, MREMAP_MAYMOVE)
		: raw(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (failed(r))
		return false;
	pieces = (struct piece *)r;
	room = wanted;
	return true;
}

static bool add(struct piece piece)
{
	if (count == room && !grow())
		return false;
	pieces[count] = piece;
	__atomic_store_n(&count, count + 1, __ATOMIC_RELEASE);
	return true;
}

/* Its number may have been closed and used again: what it is, is asked. */
static bool keeps(const struct piece *piece, struct ours *ours)
{
	return look_at(piece->keeper, ours) == piece->kind && ours->file == piece->file;
}

static int keeper_of(int fd, const struct ours *ours)
{
	struct ours kept;

	for (size_t i = 0; i < count; i++)
		if (pieces[i].file == ours->file && pieces[i].kind == ours->kind && keeps(&pieces[i], &kept))
			return pieces[i].keeper;
	return hide(fd);
}

static void let_go(struct piece gone)
{
	bool mapped = false, used = false;
	struct ours ours;

	for (size_t i = 0; i < count; i++) {
		mapped |= pieces[i].id == gone.id && pieces[i].file == gone.file && pieces[i].kind == gone.kind;
		used |= pieces[i].keeper == gone.keeper;
	}
	if (!keeps(&gone, &ours))
		return;
	if (!mapped && gone.kind == CARD)
		tell(gone.keeper, WIRE_UNMAP, gone.id, &ours);
	if (!used)
		raw(SYS_close, gone.keeper);
}

/* What was there is no more: other memory, or none. */
static void forget(uintptr_t start, uintptr_t end)
{
	for (size_t i = count; start < end && i-- > 0;) {
		struct piece was = pieces[i];
		if (was.end <= start || end <= was.start)
			continue;
		if (was.start < start && end < was.end && !add((struct piece){ end, was.end, was.id, was.file, was.kind, was.keeper }))
			continue;
		if (was.start < start)
			pieces[i].end = start;
		else if (end < was.end)
			pieces[i].start = end;
		else {
			pieces[i] = pieces[--count];
			let_go(was);
		}
	}
}

static uintptr_t page_up(uintptr_t n)
{
	return (n + PAGE - 1) & ~(PAGE - 1);
}

static long map_ours(const struct ours *ours, void *where, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct wire_mmap map = { (uint64_t)offset, length, (uint32_t)protection, (uint32_t)flags, 0 };
	struct request request = { WIRE_MMAP, 0, &map, sizeof map, true, -1, NULL };
	int memory, keeper;
	long r;
	held before;

	request.taken = &memory;

	if (offset & (PAGE - 1))
		return -EINVAL;
	r = ours->kind == CARD ? call(fd, ours, &request) : call_about(fd, &request);
	if (r)
		return r;
	before = lock_process();
	r = raw(SYS_mmap, where, length, protection, flags, memory, ours->kind == CARD ? 0 : offset);
	if (!failed(r)) {
		uintptr_t end = page_up((uintptr_t)r + length);
		if (flags & MAP_FIXED)
			forget((uintptr_t)r, end);
		keeper = keeper_of(fd, ours);
		if (keeper < 0 || !add((struct piece){ (uintptr_t)r, end, map.id, ours->file, ours->kind, keeper })) {
			raw(SYS_munmap, r, length);
			r = -ENOMEM;
		}
	}
	if (failed(r) && ours->kind == CARD)
		tell(fd, WIRE_UNMAP, map.id, ours);
	unlock_process(before);
	raw(SYS_close, memory);
	return r;
}

PUBLIC void *mmap(void *where, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct ours ours = { .kind = NOT_OURS };
	held before;
	long r;

	if (!(flags & MAP_ANONYMOUS) && (look_at(fd, &ours) == CARD || is_buffer(ours.kind)))
		return (void *)returned(map_ours(&ours, where, length, protection, flags, fd, offset));
	if (!(flags & MAP_FIXED) || !__atomic_load_n(&count, __ATOMIC_ACQUIRE))
		return (void *)returned(raw(SYS_mmap, where, length, protection, flags, fd, offset));
	before = lock_process();
	r = raw(SYS_mmap, where, length, protection, flags, fd, offset);
	if (!failed(r))
		forget((uintptr_t)r, page_up((uintptr_t)r + length));
	unlock_process(before);
	return (void *)returned(r);
}

PUBLIC void *mmap64(void *where, size_t length, int protection, int flags, int fd, off64_t offset) __attribute__((alias("mmap")));

/* Under the lock: another thread may map a card there as soon as it is free. */
PUBLIC int munmap(void *where, size_t length)
{
	held before;
	long r;

	if (!__atomic_load_n(&count, __ATOMIC_ACQUIRE))
		return (int)returned(raw(SYS_munmap, where, length));
	before = lock_process();
	r = raw(SYS_munmap, where, length);
	if (!r)
		forget((uintptr_t)where, page_up((uintptr_t)where + length));
	unlock_process(before);
	return (int)returned(r);
}

/* Such a mapping may move and shrink, and never grows. */
PUBLIC void *mremap(void *from, size_t old, size_t length, int flags, ...)
{
	uintptr_t start = (uintptr_t)from;
	void *where = NULL;
	va_list rest;
	held before;
	long r;

	if (flags & MREMAP_FIXED) {
		va_start(rest, flags);
		where = va_arg(rest, void *);
		va_end(rest);
	}
	if (!__atomic_load_n(&count, __ATOMIC_ACQUIRE))
		return (void *)returned(raw(SYS_mremap, from, old, length, flags, where));
	before = lock_process();
	struct piece *piece = NULL;
	for (size_t i = 0; i < count && !piece; i++)
		if (pieces[i].start <= start && start < pieces[i].end)
			piece = &pieces[i];
	struct piece moved = piece ? *piece : (struct piece){ 0 };
	r = piece && flags & MREMAP_DONTUNMAP ? -EINVAL : piece && length > old ? -EFAULT : raw(SYS_mremap, from, old, length, flags, where);
	if (!failed(r)) {
		uintptr_t end = page_up((uintptr_t)r + length);
		if (flags & MREMAP_FIXED)
			forget((uintptr_t)r, end);
		if (piece && (uintptr_t)r != start)
			add((struct piece){ (uintptr_t)r, end, moved.id, moved.file, moved.kind, moved.keeper });
		forget((uintptr_t)r == start ? end : start, page_up(start + old));
	}
	unlock_process(before);
	return (void *)returned(r);
}

/* The lowest number from this one on that keeps a file; or more than any. */
static unsigned long keeper_from(unsigned long first)
{
	unsigned long lowest = ~0ul;
	struct ours ours;

	for (size_t i = 0; i < count; i++) {
		unsigned long keeper = (unsigned long)pieces[i].keeper;
		if (keeper >= first && keeper < lowest && keeps(&pieces[i], &ours))
			lowest = keeper;
	}
	return lowest;
}

/* Whoever closes all descriptors does not mean those that mappings keep. */
static long close_but_keepers(unsigned long first, unsigned long last, int flags)
{
	held before = lock_process();
	long r = 0;

	while (!r && first <= last) {
		unsigned long keeper = keeper_from(first), end = keeper <= last ? keeper : last + 1;
		r = first < end ? raw(SYS_close_range, first, end - 1, flags) : 0;
		first = end + 1;
	}
	unlock_process(before);
	return r;
}

PUBLIC int close_range(unsigned first, unsigned last, int flags)
{
	return (int)returned(__atomic_load_n(&count, __ATOMIC_ACQUIRE) && first <= last
		? close_but_keepers(first, last, flags) : raw(SYS_close_range, first, last, flags));
}

PUBLIC void closefrom(int first)
{
	close_range(first > 0 ? (unsigned)first : 0, ~0u, 0);
}
