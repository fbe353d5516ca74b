loaders = []
