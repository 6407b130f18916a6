"""What the two invented pages posted before: (pillar, format, caption), oldest first.

All written for these samples; pages, posts and numbers are invented.
"""

from __future__ import annotations

# Instagram: reel, carousel or image.
INSTAGRAM = (
    (
        "home",
        "image",
        "The settee nobody was allowed to sit on.\n\n"
        "Who was yours being saved for?\n\n"
        "#80skid #livingroom #nostalgia",
    ),
    (
        "tv",
        "reel",
        "You had to be quick. It was on once, and then it was gone.\n\n#childrenstv #80stv #80skid",
    ),
    (
        "food",
        "carousel",
        "Ten pence. Twenty sweets. The maths we actually learned.\n\n"
        "#cornershop #pennysweets #nostalgia",
    ),
    (
        "places",
        "image",
        "The library smelled of carpet and other people's soup.\n\n#highstreet #80skid",
    ),
    (
        "school",
        "reel",
        "The big telly on wheels coming down the corridor. Best sound in the world.\n\n"
        "#schooldays #80skid #nostalgia",
    ),
    (
        "home",
        "carousel",
        "Three kinds of brown in one room and we called it warm.\n\n#wallpaper #80shome",
    ),
    (
        "food",
        "reel",
        "Angel stuff from a packet, whisked by your dad like he was on television.\n\n"
        "#80sfood #pudding #nostalgia",
    ),
    (
        "tv",
        "image",
        "The button you had to hold down with a folded bus ticket.\n\n#80stv #pushbuttons",
    ),
    (
        "places",
        "reel",
        "Woolies on a Saturday. Mum in curtains, us in pick'n'mix.\n\n#highstreet #80skid",
    ),
    (
        "school",
        "carousel",
        "PE in your pants if you forgot your kit. They did not make that up.\n\n"
        "#schooldays #nostalgia",
    ),
    (
        "home",
        "reel",
        "The gas fire had two settings: off, and shins.\n\n#80shome #livingroom #80skid",
    ),
    (
        "food",
        "image",
        "Somebody always dropped the tray. Everybody always cheered.\n\n#schooldinners #80skid",
    ),
    (
        "tv",
        "reel",
        "Setting the video for Friday. Coming back to fifty minutes of snooker.\n\n"
        "#vhs #80stv #nostalgia",
    ),
    (
        "places",
        "carousel",
        "Swimming baths vending machine. Hot soup for cold children.\n\n#leisurecentre #80skid",
    ),
    (
        "home",
        "reel",
        "One phone. One chair. One very public conversation with a boy called Darren.\n\n"
        "#landline #80shome #nostalgia",
    ),
    (
        "school",
        "image",
        "A recorder is not an instrument. It is a weather warning.\n\n#schooldays #80skid",
    ),
    (
        "food",
        "reel",
        "The van played its tune and you had nine seconds to find forty pence.\n\n"
        "#icecreamvan #80sfood #nostalgia",
    ),
    (
        "tv",
        "carousel",
        "Sunday night telly meant school tomorrow and your stomach knew it.\n\n#80stv #sundaynight",
    ),
    (
        "places",
        "image",
        "Top deck, front seat. Basically the driver.\n\n#busride #highstreet #80skid",
    ),
    (
        "home",
        "carousel",
        "The avocado bathroom: a family of five and one bath of water.\n\n#80shome #bathnight",
    ),
    (
        "school",
        "reel",
        "Last day of term, bring a game in. Yours had a piece missing since 1984.\n\n"
        "#schooldays #nostalgia #80skid",
    ),
    (
        "places",
        "reel",
        "Two weeks in a caravan. It rained for both of them. Best summer ever.\n\n"
        "#caravan #britishsummer #80skid",
    ),
    (
        "food",
        "carousel",
        "Crisps that were 10p until the day they were not.\n\n#80sfood #cornershop",
    ),
    (
        "tv",
        "reel",
        "Dad with the aerial. 'Is that better? Is THAT better?'\n\n#80stv #nostalgia #80skid",
    ),
    (
        "home",
        "image",
        "The drawer. Batteries, string, a key for nothing.\n\n#80shome #80skid",
    ),
    (
        "places",
        "reel",
        "The arcade at the end of the pier ate every coin we ever had.\n\n#arcade #pier #nostalgia",
    ),
    (
        "food",
        "reel",
        "Squash so weak it was mostly a rumour.\n\n#80sfood #80skid #summerholidays",
    ),
    (
        "school",
        "carousel",
        "New pencil case day. The only fashion week we needed.\n\n"
        "#schooldays #backtoschool #nostalgia",
    ),
    (
        "tv",
        "image",
        "Nothing on. Four channels. We watched it anyway.\n\n#80stv #80skid",
    ),
    (
        "places",
        "carousel",
        "Roller disco in the church hall. Same floor as Brownies, different shoes.\n\n"
        "#rollerdisco #80skid #nostalgia",
    ),
    (
        "home",
        "reel",
        "Taping the charts with one finger on pause, praying he would stop talking.\n\n"
        "#mixtape #80shome #nostalgia",
    ),
    (
        "school",
        "image",
        "The class photo where everyone blinked in solidarity.\n\n#schooldays #80skid",
    ),
    (
        "food",
        "carousel",
        "Chip shop scraps. Free, if you asked like you meant it.\n\n#chipshop #80sfood",
    ),
    (
        "tv",
        "reel",
        "The video shop on a Friday. Forty minutes choosing, same film as last week.\n\n"
        "#vhs #videoshop #80skid",
    ),
    (
        "places",
        "image",
        "Phone box, rainy Tuesday, 10p and a lot of feelings.\n\n#phonebox #highstreet",
    ),
    (
        "food",
        "image",
        "Pink sponge, yellow custard, no questions.\n\n"
        "Seconds if you were quick. Who was quick?\n\n"
        "#schooldinners #80sfood #nostalgia",
    ),
    (
        "home",
        "reel",
        "Bonfire night: one box, six fireworks, Dad in charge and nobody safe.\n\n"
        "#bonfirenight #80shome #80skid",
    ),
    (
        "school",
        "carousel",
        "Harvest festival. A tin of pears, out of date, given with love.\n\n"
        "#schooldays #assembly #nostalgia",
    ),
    (
        "places",
        "reel",
        "The seats on the bus could hide anything. Gum, mostly. And 1986.\n\n"
        "Which row were you?\n\n"
        "#busride #moquette #80skid",
    ),
    (
        "tv",
        "carousel",
        "The double Christmas listings. Two colours of pen. A family treaty.\n\n"
        "#80stv #christmastv #nostalgia",
    ),
)

# TikTok: all videos, one line as its export writes them.
TIKTOK = (
    (
        "tv",
        "the snow on channel three at 6am and you WAITED #childrenstv #80skid #nostalgia",
    ),
    (
        "food",
        "rank these penny sweets and be honest #pennysweets #cornershop #80skid",
    ),
    (
        "home",
        "pov your nan's front room. do not touch anything #livingroom #80shome",
    ),
    (
        "school",
        "the parachute in PE. that is the whole post #schooldays #nostalgia",
    ),
    (
        "places",
        "when the arcade man gave you one free go #arcade #80skid #nostalgia",
    ),
    (
        "tv",
        "be kind rewind or pay 50p. we all chose violence #vhs #videoshop #80stv",
    ),
    (
        "home",
        "the long cord. the stairs. the privacy. #landline #80shome #80skid",
    ),
    (
        "food",
        "school cake and custard rated by someone who had thirds #schooldinners #80sfood",
    ),
    (
        "places",
        "front seat top deck no adults #busride #80skid #nostalgia",
    ),
    (
        "school",
        "overhead projector drawings were our memes #schooldays #80skid",
    ),
    (
        "tv",
        "waiting for one page to come round. page 4 of 9. #teletext #80stv #nostalgia",
    ),
    (
        "food",
        "freezer ice pops that cut your mouth open #80sfood #summerholidays #80skid",
    ),
    (
        "home",
        "the big light was for emergencies only #80shome #livingroom",
    ),
    (
        "places",
        "lido in june. nobody was warm. nobody left. #britishsummer #80skid",
    ),
    (
        "school",
        "new shoes measured on the metal slidey thing #backtoschool #schooldays #nostalgia",
    ),
    (
        "tv",
        "two minutes of saturday morning I would pay money for #saturdaymorning #childrenstv",
    ),
    (
        "home",
        "pressing record and play together like launching a missile #mixtape #80shome #80skid",
    ),
    (
        "places",
        "couples skate. we went and got crisps. #rollerdisco #80skid #nostalgia",
    ),
    (
        "food",
        "halloween was a turnip. a TURNIP. #80sfood #halloween #80skid",
    ),
    (
        "home",
        "sparklers with no gloves on. absolute scenes #bonfirenight #80shome",
    ),
    (
        "places",
        "what was the pattern on your bus #busride #moquette #nostalgia",
    ),
    (
        "tv",
        "circling the whole christmas listings in biro #christmastv #80stv #80skid",
    ),
)

# The new page, three weeks old.
PAPER_ROUND = (
    (
        "streets",
        "image",
        "Six in the morning. Just me, the milk float and one very committed cat.\n\n"
        "#paperround #milkman #80skid",
    ),
    (
        "streets",
        "reel",
        "The bag weighed more than I did. Thursdays were the free papers. Thursdays were "
        "war.\n\n"
        "#paperround #80skid",
    ),
    (
        "shops",
        "carousel",
        "Everything a newsagent sold in 1986, in the order I spent my wages on it.\n\n"
        "#newsagent #cornershop",
    ),
    (
        "play",
        "reel",
        "Metal slide, wet shorts, no regrets.\n\n#playground #80skid #nostalgia",
    ),
    (
        "streets",
        "image",
        "Number 42 had a dog. Number 42 got its paper from the gate.\n\n#paperround #nostalgia",
    ),
    (
        "shops",
        "image",
        "Snow on the way, said the board. It said that every week.\n\n#newsagent #highstreet",
    ),
    (
        "play",
        "carousel",
        "Four games you could play with one wall and one tennis ball.\n\n#playground #streetgames",
    ),
)
