/* A call about a dma-buf, or one that names it, whose process is killed in it: each step waits for a byte of input. */
#include <sys/wait.h>
#include "buffer.h"

static void say(const char *word)
{
	puts(word);
	fflush(stdout);
}

static void await_input(void)
{
	char byte;

	CHECK(read(0, &byte, 1) == 1);
}

/* Which nothing else holds: what made it is closed, and so is its file by the time that a call has waited for that. */
static int lone_buffer(int other)
{
	int card = open_card(0, O_RDWR | O_CLOEXEC), buffer = export(card, create(card, 64, 64).handle, DRM_CLOEXEC | DRM_RDWR);
	uint32_t none = 1;

	CHECK(!close(card));
	FAILS(ioctl(other, DRM_IOCTL_MODE_RMFB, &none), ENOENT);
	return buffer;
}

static void naming(void)
{
	int taker = open_card(0, O_RDWR), buffer = lone_buffer(taker);

	say("ready");
	await_input();
	import(taker, buffer);
	pause();
}

/* Over a card that its parent has as well, which stays. */
static void naming_in_a_child(void)
{
	int taker = open_card(0, O_RDWR);
	pid_t child;

	say("ready");
	await_input();
	CHECK((child = fork()) >= 0);
	if (!child) {
		int buffer = lone_buffer(taker);
		printf("%d\n", getpid());
		fflush(stdout);
		await_input();
		import(taker, buffer);
		pause();
	}
	CHECK(waitpid(child, NULL, 0) == child);
	say("gone");
	pause();
}

static void about(void)
{
	int buffer = lone_buffer(open_card(0, O_RDWR));

	say("ready");
	await_input();
	CHECK(!ioctl(buffer, DMA_BUF_SET_NAME, "in use"));
	pause();
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "naming", naming }, { "naming-in-a-child", naming_in_a_child }, { "about", about }, { 0 } };

	return run_scenario(all, argc, argv);
}
