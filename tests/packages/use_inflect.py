import inflect
p = inflect.engine()
print([p.plural(w) for w in ("cat", "ox", "mouse", "analysis", "child", "knife", "fish")], p.a("apple"), p.an("European"), p.number_to_words(1234567), p.ordinal(23), p.join(["a", "b", "c"]), p.present_participle("run"), p.singular_noun("geese"), p.number_to_words("3rd") if False else p.number_to_words(0.5), p.compare("cat", "cats"))
