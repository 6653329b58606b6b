/* Sync files of timelines that are moved on by hand: merged, looked at, waited for by many, and left behind. */
#define _GNU_SOURCE
#include <linux/dma-buf.h>
#include <pthread.h>
#include <sys/resource.h>
#include "timeline.h"

#define MANY 32
#define MERGES 600
#define THREADS 8
#define ROUNDS 250
#define COUNT(array) (sizeof(array) / sizeof *(array))

static int merge(int one, int other, const char *name)
{
	struct sync_merge_data merge = { .fd2 = other, .fence = -1 };

	strncpy(merge.name, name, sizeof merge.name);
	CHECK(!ioctl(one, SYNC_IOC_MERGE, &merge) && merge.fence >= 0 && fcntl(merge.fence, F_GETFD) == FD_CLOEXEC);
	return merge.fence;
}

static int merge_and_close(int one, int other)
{
	int merged = merge(one, other, "");

	CHECK(!close(one) && !close(other));
	return merged;
}

/* How many fences of a file have this status. */
static unsigned with_status(int file, int status)
{
	struct sync_file_info info = { 0 };
	struct sync_fence_info fences[MANY];
	unsigned count = 0;

	CHECK(!ioctl(file, SYNC_IOC_FILE_INFO, &info) && info.num_fences <= MANY);
	info = (struct sync_file_info){ .num_fences = info.num_fences, .sync_fence_info = (uintptr_t)fences };
	CHECK(!ioctl(file, SYNC_IOC_FILE_INFO, &info));
	for (unsigned i = 0; i < info.num_fences; i++)
		count += fences[i].status == status;
	return count;
}

static bool has_come(int file)
{
	short told = polled(file, POLLIN | POLLOUT | POLLPRI);

	CHECK(!told || told == POLLIN);
	return told;
}

static bool wait_for(int file, int milliseconds)
{
	struct pollfd one = { file, POLLIN, 0 };
	int r = poll(&one, 1, milliseconds);

	CHECK(r >= 0 && (!r || one.revents == POLLIN));
	return r;
}

static void points_go_round_in_merges_too(void)
{
	int timeline = open_timeline();

	move_on(timeline, 0x7fffffff);
	move_on(timeline, 0x7ffffff1);
	int before = fence_at(timeline, 0xfffffffe), after = fence_at(timeline, 5);
	int merges[] = { merge(before, after, "one"), merge(after, before, "other") };
	move_on(timeline, 0xf);
	CHECK(has_come(before) && !has_come(after));
	for (unsigned i = 0; i < COUNT(merges); i++)
		CHECK(with_status(merges[i], 0) == 1 && !has_come(merges[i]));
	move_on(timeline, 6);
	for (unsigned i = 0; i < COUNT(merges); i++)
		CHECK(with_status(merges[i], 1) == 1 && has_come(merges[i]));
}

static void points_go_round_in_buffers_too(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline(), buffer = export_buffer(fd);

	move_on(timeline, 0xfffffff0);
	for (int i = 0; i < 2; i++) {
		struct dma_buf_import_sync_file import = { DMA_BUF_SYNC_WRITE, fence_at(timeline, i ? 5 : 0xfffffffe) };
		CHECK(!ioctl(buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !close(import.fd));
	}
	struct dma_buf_export_sync_file all = { .flags = DMA_BUF_SYNC_RW };
	CHECK(!ioctl(buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &all) && with_status(all.fd, 0) == 1);
	move_on(timeline, 0xe);
	CHECK(!has_come(all.fd) && !polled(buffer, POLLIN));
	move_on(timeline, 7);
	CHECK(has_come(all.fd) && polled(buffer, POLLIN));
}

static int64_t now(void)
{
	struct timespec time;

	CHECK(!clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static void a_file_tells_what_it_waits_for(void)
{
	int timelines[] = { open_timeline(), open_timeline() }, first = fence_at(timelines[0], 3), second = fence_at(timelines[1], 3);
	int both = merge(first, second, "0123456789abcdef0123456789abcdefX");
	struct sync_fence_info fences[4];
	struct sync_file_info info = { .num_fences = 1, .sync_fence_info = (uintptr_t)fences };
	int64_t began = now();

	/* Of a name there is room for one less than is given. */
	FAILS(ioctl(both, SYNC_IOC_FILE_INFO, &info), EINVAL);
	info.num_fences = 2;
	info.sync_fence_info = 8;
	FAILS(ioctl(both, SYNC_IOC_FILE_INFO, &info), EFAULT);
	memset(fences, 0x5a, sizeof fences);
	info = (struct sync_file_info){ .num_fences = 4, .sync_fence_info = (uintptr_t)fences };
	CHECK(!ioctl(both, SYNC_IOC_FILE_INFO, &info) && info.num_fences == 2 && !info.status && !strcmp(info.name, "0123456789abcdef0123456789abcde"));
	for (unsigned i = 0; i < 2; i++)
		CHECK(!fences[i].status && !fences[i].timestamp_ns && !fences[i].flags && !strcmp(fences[i].driver_name, "sw_sync") && !strcmp(fences[i].obj_name, "merges"));
	CHECK(fences[2].status == 0x5a5a5a5a && fences[2].timestamp_ns == 0x5a5a5a5a5a5a5a5a);
	move_on(timelines[0], 3);
	CHECK(!ioctl(both, SYNC_IOC_FILE_INFO, &info) && !info.status && fences[0].status + fences[1].status == 1);
	CHECK(!close(timelines[1]));
	info.num_fences = 4;
	CHECK(!ioctl(both, SYNC_IOC_FILE_INFO, &info) && info.status == -ENOENT && status_of(both) == -ENOENT && has_come(both));
	for (unsigned i = 0; i < 2; i++)
		CHECK(fences[i].timestamp_ns >= (uint64_t)began && fences[i].timestamp_ns <= (uint64_t)now());
	CHECK(status_of(first) == 1 && status_of(second) == -ENOENT && with_status(both, 1) == 1 && with_status(both, -ENOENT) == 1);
	/* What has come is not waited for any more, however it went: what is made of it has none of that. */
	int again = merge(both, second, "");
	CHECK(status_of(again) == 1 && with_status(again, 1) == 1);
	struct sync_merge_data bad = { .fd2 = second, .flags = 1 };
	FAILS(ioctl(both, SYNC_IOC_MERGE, &bad), EINVAL);
	bad = (struct sync_merge_data){ .fd2 = second, .pad = 1 };
	FAILS(ioctl(both, SYNC_IOC_MERGE, &bad), EINVAL);
	FAILS(ioctl(both, SYNC_IOC_MERGE, 8), EFAULT);
	FAILS(ioctl(both, SYNC_IOC_FILE_INFO, 8), EFAULT);
}

/* The descriptor is made before the place for its number is looked at, and is not left behind. */
static void what_cannot_be_told_is_not_left_open(void)
{
	int timeline = open_timeline(), fence = fence_at(timeline, 1), next = dup(fence);
	struct sync_merge_data *read_only = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct point *point = (struct point *)((char *)read_only + 1024);

	read_only->fd2 = fence;
	CHECK(!close(next) && !mprotect(read_only, 4096, PROT_READ));
	FAILS(ioctl(fence, SYNC_IOC_MERGE, read_only), EFAULT);
	FAILS(ioctl(timeline, _IOWR('W', 0, struct point), point), EFAULT);
	FAILS(ioctl(timeline, _IOWR('W', 0, struct point), 8), EFAULT);
	FAILS(ioctl(timeline, _IOW('W', 1, uint32_t), 8), EFAULT);
	FAILS(ioctl(timeline, _IO('W', 7), 0), ENOTTY);
	CHECK(dup(fence) == next && !has_come(fence));
}

/* Some timelines, and of each the latest point that is in the merge. */
static void many_merges_wait_for_the_latest_of_each(void)
{
	int timelines[MANY], fence = -1;
	uint32_t latest[MANY] = { 0 };
	unsigned left = 0;

	srandom(7);
	for (int i = 0; i < MANY; i++)
		timelines[i] = open_timeline();
	for (int i = 0; i < MERGES; i++) {
		unsigned which = (unsigned)random() % MANY;
		uint32_t point = 1 + (uint32_t)random() % 0x7ffffffe;
		int next = fence_at(timelines[which], point);
		latest[which] = point > latest[which] ? point : latest[which];
		fence = fence < 0 ? next : merge_and_close(i & 1 ? next : fence, i & 1 ? fence : next);
	}
	for (int i = 0; i < MANY; i++)
		left += latest[i] != 0;
	CHECK(with_status(fence, 0) == left);
	for (int i = 0; i < MANY; i++) {
		if (!latest[i])
			continue;
		move_on(timelines[i], latest[i] - 1);
		CHECK(with_status(fence, 0) == left && !has_come(fence));
		move_on(timelines[i], 1);
		CHECK(with_status(fence, 0) == --left && has_come(fence) == !left);
	}
}

static struct {
	int turns, done[THREADS];
	uint32_t counter;
} work;

/* Each waits for its turn, and gives the next one its own. */
static void *take_turns(void *argument)
{
	uint32_t me = (uint32_t)(uintptr_t)argument;

	for (uint32_t round = 0; round < ROUNDS; round++) {
		int turn = fence_at(work.turns, round * THREADS + me);
		CHECK(wait_for(turn, 20000) && work.counter++ == round * THREADS + me);
		move_on(work.turns, 1);
		CHECK(!close(turn));
	}
	return NULL;
}

static void threads_take_turns(void)
{
	pthread_t threads[THREADS];

	work.turns = open_timeline();
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, take_turns, (void *)i));
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
	CHECK(work.counter == THREADS * ROUNDS);
}

/* Some sleep until it comes, some ask again and again. When the timeline is gone, there is nothing more to make on it. */
static void *produce(void *argument)
{
	uint32_t me = (uint32_t)(uintptr_t)argument;

	for (uint32_t round = 0;; round++) {
		struct point turn = { .value = round };
		if (ioctl(work.turns, _IOWR('W', 0, struct point), &turn))
			return NULL;
		while (me % 2 ? !wait_for(turn.fence, -1) : with_status(turn.fence, 0))
			;
		__atomic_add_fetch(&work.counter, 1, __ATOMIC_SEQ_CST);
		move_on(work.done[me], 1);
		CHECK(!close(turn.fence));
	}
}

static void one_waits_for_many(void)
{
	pthread_t threads[THREADS];

	work.turns = open_timeline();
	for (int i = 0; i < THREADS; i++)
		work.done[i] = open_timeline();
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, produce, (void *)i));
	for (uint32_t round = 1; round <= ROUNDS / 2; round++) {
		int all = fence_at(work.done[0], round);
		for (int i = 1; i < THREADS; i++)
			all = merge_and_close(fence_at(work.done[i], round), all);
		CHECK(wait_for(all, 20000) && __atomic_load_n(&work.counter, __ATOMIC_SEQ_CST) == round * THREADS);
		CHECK(!close(all));
		if (round < ROUNDS / 2)
			move_on(work.turns, 1);
	}
	CHECK(!close(work.turns));
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
}

static void *wait_long(void *argument)
{
	CHECK(wait_for((int)(intptr_t)argument, 20000));
	return NULL;
}

/* Through a fork, and through a socket that keeps packets apart. */
static void another_process_moves_it_on(void)
{
	int ends[2], timeline = open_timeline(), fence = fence_at(timeline, 2), copy = dup(fence);
	pthread_t threads[THREADS];
	pid_t child;

	CHECK(!socketpair(AF_UNIX, SOCK_DGRAM, 0, ends));
	if (!(child = fork())) {
		move_on(timeline, 1);
		CHECK(!close(timeline) && !has_come(fence));
		move_on(receive_fd(ends[1]), 1);
		CHECK(has_come(fence));
		exit(0);
	}
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, wait_long, (void *)(intptr_t)(i & 1 ? copy : fence)));
	send_fd(ends[0], timeline);
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
	join(child);
	CHECK(!close(fence) && status_of(copy) == 1);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "points-go-round-in-merges-too", points_go_round_in_merges_too },
		{ "points-go-round-in-buffers-too", points_go_round_in_buffers_too },
		{ "a-file-tells-what-it-waits-for", a_file_tells_what_it_waits_for },
		{ "what-cannot-be-told-is-not-left-open", what_cannot_be_told_is_not_left_open },
		{ "many-merges-wait-for-the-latest-of-each", many_merges_wait_for_the_latest_of_each },
		{ "threads-take-turns", threads_take_turns },
		{ "one-waits-for-many", one_waits_for_many },
		{ "another-process-moves-it-on", another_process_moves_it_on },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
