"""gunma: 法人向けインターネットバンキング, whose users fetch their certificates with a program of the bank's."""
