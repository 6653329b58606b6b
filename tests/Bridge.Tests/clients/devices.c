/* Three cards of a kind in one program. */
#include "card.h"

#define CARDS 3

static int cards[CARDS];

static void open_all(void)
{
	for (int i = 0; i < CARDS; i++)
		cards[i] = open_card(i, O_RDWR);
}

static void each_has_its_own(void)
{
	struct drm_mode_create_dumb dumb[CARDS];
	char *at[CARDS];

	open_all();
	for (int i = 0; i < CARDS; i++) {
		dumb[i] = create(cards[i], 64, 64);
		CHECK(dumb[i].handle == 1);
		at[i] = map(cards[i], &dumb[i]);
		memset(at[i], i + 1, dumb[i].size);
	}
	for (int i = 0; i < CARDS; i++)
		CHECK(at[i][0] == i + 1 && at[i][dumb[i].size - 1] == i + 1);
	/* A second buffer of the first has a number and an offset that the others do not know. */
	struct drm_mode_create_dumb more = create(cards[0], 64, 64);
	off_t offset = offset_of(cards[0], more.handle);
	FAILS(gem_close(cards[1], more.handle), EINVAL);
	CHECK(mmap(NULL, more.size, PROT_READ, MAP_SHARED, cards[1], offset) == MAP_FAILED);
	CHECK(!close(cards[1]));
	CHECK(works(cards[0]) && works(cards[2]) && at[1][0] == 2);
}

static void events_come_to_their_card(void)
{
	struct screen screens[CARDS];

	open_all();
	for (int i = 0; i < CARDS; i++)
		screens[i] = light(cards[i]);
	for (int round = 0; round < 20; round++) {
		struct pollfd all[CARDS];
		int left = CARDS;

		for (int i = 0; i < CARDS; i++) {
			CHECK(!flip(cards[i], &screens[i], 100 * i + round));
			all[i] = (struct pollfd){ cards[i], POLLIN, 0 };
		}
		while (left) {
			CHECK(poll(all, CARDS, -1) > 0);
			for (int i = 0; i < CARDS; i++)
				if (all[i].revents) {
					CHECK(all[i].revents == POLLIN && next_event(cards[i]).user_data == 100u * i + round);
					all[i].fd = -1;
					left--;
				}
		}
	}
}

static void each_has_its_master(void)
{
	int others[CARDS];

	open_all();
	for (int i = 0; i < CARDS; i++) {
		others[i] = open_card(i, O_RDWR);
		FAILS(ioctl(others[i], DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	}
	CHECK(!ioctl(cards[1], DRM_IOCTL_DROP_MASTER, NULL));
	FAILS(ioctl(others[0], DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	FAILS(ioctl(others[2], DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	set_master(others[1]);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "each-has-its-own", each_has_its_own },
		{ "events-come-to-their-card", events_come_to_their_card },
		{ "each-has-its-master", each_has_its_master },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
