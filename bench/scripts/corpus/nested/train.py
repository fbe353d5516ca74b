from helpers_of_mine.data import loaders
